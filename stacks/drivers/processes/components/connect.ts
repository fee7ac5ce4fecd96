import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningChild } from '../../../../core/child-process.ts'
import { endpointText } from '../../../../core/endpoint.ts'
import { callConnect } from '../../../clients/connect-rest.ts'
import { onLoopback } from '../../../local/loopback.ts'
import { becomeReady, expectFree } from '../../../local/readiness.ts'
import type { Run } from '../../../local/run.ts'
import { RunningProcess } from '../../../local/running-process.ts'
import { propertiesText } from '../../../settings/properties.ts'
import { workerSettings } from '../../../settings/worker.ts'
import type { ConnectOptions, RestAnswer, RunningConnect } from '../../../stack.ts'
import { startJava } from './java.ts'
import { LOG4J } from './kafka.ts'

/** What a worker is run from. */
export interface ConnectParts {
  readonly java: string
  readonly classPath: string
  /** plugin.path. */
  readonly plugins: string
  readonly image?: string
  readonly train?: string
  readonly stock?: boolean
}

export interface ConnectWorkerOptions extends ConnectParts, ConnectOptions {
  /** May still be starting: the worker tries again until it answers. */
  readonly bootstrapServers: string
  readonly deadline?: number
}

export interface ConnectWorker extends RunningConnect, AsyncDisposable {
  readonly pid: number
}

/** One Kafka Connect worker in distributed mode, so that a restarted one resumes its connectors. */
export class Connect {
  readonly #options: ConnectWorkerOptions

  constructor(options: ConnectWorkerOptions) {
    this.#options = options
  }

  /** @throws {ComponentNotReady} {PortOccupied} */
  async start(run: Run): Promise<ConnectWorker> {
    const worker = new StartedConnect(this.#options, run, await run.ports.allocate())
    await worker.begin()
    return worker
  }
}

class StartedConnect extends RunningProcess implements ConnectWorker {
  readonly #port: number
  #options: ConnectWorkerOptions

  constructor(options: ConnectWorkerOptions, run: Run, port: number) {
    super('connect', run, { grace: 15_000 })
    this.#options = options
    this.#port = port
  }

  url(): string {
    return `http://${endpointText(onLoopback(this.#port))}`
  }

  protected async spawn(): Promise<RunningChild> {
    const { classPath, java, image, train, stock } = this.#options
    await expectFree(this.name, this.#port)
    const properties = join(this.run.data, 'connect.properties')
    await writeFile(properties, connectSettings(this.#options, this.#port))
    return startJava({
      java,
      ...(image ? { image } : {}),
      ...(train ? { train } : {}),
      ...(stock ? { stock } : {}),
      heap: 256,
      young: 40,
      program: [
        `-Dlog4j2.configurationFile=${LOG4J}`,
        '-cp',
        classPath,
        'org.apache.kafka.connect.cli.ConnectDistributed',
        properties,
      ],
      cwd: this.run.data,
      log: this.log,
      reaper: this.run.reaper,
    })
  }

  protected async ready(child: RunningChild): Promise<void> {
    const { deadline = 60_000 } = this.#options
    const what = 'the worker to have joined its group and to list its connectors'
    await becomeReady(child, { component: this.name, what, deadline, every: 20 }, async () => {
      // Listing goes through the worker's group: it answers only once that works, unlike GET /.
      const { status, body } = await this.request('GET', '/connectors', undefined, 2000)
      if (status !== 200) throw new Error(`HTTP ${status} ${JSON.stringify(body)}`)
      return true
    })
  }

  request(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    deadline?: number,
  ): Promise<RestAnswer> {
    return callConnect(this.url(), method, path, body, deadline)
  }

  override async restart(options: ConnectOptions = {}): Promise<void> {
    this.#options = { ...this.#options, ...options }
    await super.restart()
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    await this.run.ports.release(this.#port)
  }
}

function connectSettings(options: ConnectWorkerOptions, port: number): string {
  return propertiesText({
    ...workerSettings(options),
    'bootstrap.servers': options.bootstrapServers,
    listeners: `http://127.0.0.1:${port}`,
    'rest.advertised.host.name': '127.0.0.1',
    'plugin.path': options.plugins,
  })
}
