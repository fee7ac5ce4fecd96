import { join } from 'node:path'
import type { RunningChild } from '../../../../core/child-process.ts'
import type { Run } from '../run.ts'
import { startJava } from './java.ts'
import { becomeReady, expectFree } from './readiness.ts'

export interface RegistryOptions {
  readonly java: string
  /** Content of the unpacked application. */
  readonly application: string
  readonly image?: string
  readonly train?: string
  readonly stock?: boolean
  readonly deadline?: number
}

export interface RunningRegistry extends AsyncDisposable {
  /** Base of Confluent's REST API: `${url}/subjects` … */
  readonly url: string
  readonly pid: number
  kill(): Promise<void>
  /** Starts it again, empty: its storage is its memory. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const PROBE_SUBJECT = 'eventproof-probe'

/** Apicurio Registry, spoken to through Confluent's API, with storage in memory. */
export class SchemaRegistry {
  readonly #options: RegistryOptions

  constructor(options: RegistryOptions) {
    this.#options = options
  }

  /** Resolves when a schema was registered and removed again. @throws {ComponentNotReady} {PortOccupied} */
  async start(run: Run): Promise<RunningRegistry> {
    const registry = new StartedRegistry(this.#options, run, await run.ports.allocate())
    await registry.begin()
    return registry
  }
}

class StartedRegistry implements RunningRegistry {
  readonly url: string
  readonly #options: RegistryOptions
  readonly #run: Run
  readonly #port: number
  #child: RunningChild | undefined

  constructor(options: RegistryOptions, run: Run, port: number) {
    this.#options = options
    this.#run = run
    this.#port = port
    this.url = `http://127.0.0.1:${port}/apis/ccompat/v7`
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  async begin(): Promise<void> {
    const { application, deadline = 60_000, ...jvm } = this.#options
    await expectFree('schema-registry', this.#port)
    const listens = [`-Dquarkus.http.port=${this.#port}`, '-Dquarkus.http.host=127.0.0.1']
    this.#child = await startJava({
      ...jvm,
      heap: 192,
      young: 24,
      program: [
        ...listens,
        `-Djava.io.tmpdir=${this.#run.data}`,
        '-jar',
        join(application, 'quarkus-run.jar'),
      ],
      cwd: application,
      log: join(this.#run.logs, 'schema-registry.log'),
      reaper: this.#run.reaper,
    })
    const what = 'a schema to be registered'
    await becomeReady(this.#child, { component: 'schema-registry', what, deadline, every: 25 }, async () => {
      const schema = { schema: JSON.stringify({ type: 'record', name: 'probe', fields: [] }) }
      await this.#call('POST', `/subjects/${PROBE_SUBJECT}/versions`, schema)
      await this.#call('DELETE', `/subjects/${PROBE_SUBJECT}`)
      // Confluent's default, and what the guide assumes; Apicurio's own is NONE.
      await this.#call('PUT', '/config', { compatibility: 'BACKWARD' })
      return true
    })
  }

  async kill(): Promise<void> {
    await this.#child?.kill()
  }

  async restart(): Promise<void> {
    if (this.#child?.running) await this.stop()
    await this.begin()
  }

  async stop(): Promise<void> {
    await this.#child?.stop(10_000)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    await this.#run.ports.release(this.#port)
  }

  async #call(method: string, path: string, body?: unknown): Promise<void> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      signal: AbortSignal.timeout(5000),
      ...(body === undefined
        ? {}
        : {
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
          }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`)
    await response.body?.cancel()
  }
}
