import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningChild } from '../../../../core/child-process.ts'
import { endpointText } from '../../../../core/endpoint.ts'
import { callConnect } from '../../../clients/connect-rest.ts'
import type { ConnectOptions, RestAnswer, RunningConnect } from '../../../stack.ts'
import { onLoopback } from '../loopback.ts'
import type { Run } from '../run.ts'
import { RunningProcess } from '../running-process.ts'
import { startJava } from './java.ts'
import { LOG4J } from './kafka.ts'
import { becomeReady, expectFree } from './readiness.ts'

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
  const settings: Record<string, string | number | boolean> = {
    'bootstrap.servers': options.bootstrapServers,
    'group.id': 'connect',
    listeners: `http://127.0.0.1:${port}`,
    'rest.advertised.host.name': '127.0.0.1',
    'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter.schemas.enable': false,
    'offset.storage.topic': 'connect-offsets',
    'offset.storage.replication.factor': 1,
    'offset.storage.partitions': 1,
    'config.storage.topic': 'connect-configs',
    'config.storage.replication.factor': 1,
    'status.storage.topic': 'connect-status',
    'status.storage.replication.factor': 1,
    'status.storage.partitions': 1,
    'offset.flush.interval.ms': options.offsetFlushInterval ?? 1000,
    // A connector may name its own bootstrap servers: that is how a link gets between it and the broker.
    'connector.client.config.override.policy': 'All',
    'plugin.path': options.plugins,
    'plugin.discovery': 'service_load',
    'reconnect.backoff.ms': 50,
    'reconnect.backoff.max.ms': 200,
    'retry.backoff.ms': 50,
    // How soon a killed worker's successor takes over.
    'scheduled.rebalance.max.delay.ms': 0,
    'session.timeout.ms': 6000,
    'heartbeat.interval.ms': 1000,
    'rebalance.timeout.ms': 10_000,
  }
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')
}
