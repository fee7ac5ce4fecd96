import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunningChild, startChild } from '../../../../core/child-process.ts'
import { endpointText } from '../../../../core/endpoint.ts'
import { onLoopback } from '../../../local/loopback.ts'
import { becomeReady, expectFree } from '../../../local/readiness.ts'
import type { Run } from '../../../local/run.ts'
import { RunningProcess } from '../../../local/running-process.ts'
import type { PrometheusSpec, RunningPrometheus } from '../../../stack.ts'

/** Starts one and waits for it. @throws {ComponentNotReady} with what it says of its configuration */
export async function startPrometheus(
  spec: PrometheusSpec,
  program: string,
  run: Run,
): Promise<RunningPrometheus> {
  const server = new PrometheusServer(spec, program, await run.ports.allocate(), run)
  await server.begin()
  return server
}

class PrometheusServer extends RunningProcess implements RunningPrometheus {
  readonly #spec: PrometheusSpec
  readonly #program: string
  readonly #port: number

  constructor(spec: PrometheusSpec, program: string, port: number, run: Run) {
    super(spec.name, run, { grace: 2000 })
    this.#spec = spec
    this.#program = program
    this.#port = port
  }

  url(): string {
    return `http://${endpointText(onLoopback(this.#port))}`
  }

  protected async spawn(): Promise<RunningChild> {
    const { config, files } = this.#spec
    await expectFree(this.name, this.#port)
    const folder = join(this.run.data, `prometheus-${this.#port}`)
    await mkdir(folder, { recursive: true })
    // JSON is YAML.
    await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config))
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    return startChild({
      command: [
        this.#program,
        '--config.file=prometheus.yml',
        '--storage.tsdb.path=data',
        '--storage.tsdb.retention.time=1h',
        `--web.listen-address=${endpointText(onLoopback(this.#port))}`,
        '--log.level=warn',
      ],
      cwd: folder,
      env: { GOMAXPROCS: '2' },
      log: this.log,
      reaper: this.run.reaper,
    })
  }

  protected async ready(child: RunningChild): Promise<void> {
    const what = 'Prometheus to have taken its configuration'
    await becomeReady(child, { component: this.name, what, deadline: 30_000, every: 50 }, async (signal) => {
      const { ok } = await fetch(`${this.url()}/-/ready`, { signal })
      return ok
    })
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    await this.run.ports.release(this.#port)
  }
}
