import { endpointText } from '../../../../core/endpoint.ts'
import { callConnect } from '../../../clients/connect-rest.ts'
import { workerSettings } from '../../../settings/worker.ts'
import type { ConnectOptions, RestAnswer, RunningConnect, Viewpoint } from '../../../stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { published } from '../host-side.ts'
import { atOnce, GenericLaunch, type Launch, ofRun } from '../launch.ts'
import { RunningContainer } from '../running-container.ts'

const NAME = 'connect'
const PORT = 8083

export interface ConnectStart extends ConnectOptions {
  readonly image: string
  /** As containers reach it; may still be starting. */
  readonly bootstrapServers: string
}

/** One Kafka Connect worker with Debezium, by the contract of Debezium's image. */
export class Connect extends RunningContainer implements RunningConnect {
  protected readonly readyWhen = 'the worker to have joined its group and to list its connectors'
  readonly #port: number
  #options: ConnectStart

  private constructor(run: ContainerRun, options: ConnectStart, port: number) {
    super(NAME, run, 15_000)
    this.#options = options
    this.#port = port
  }

  /** @throws {ComponentNotReady} */
  static async start(run: ContainerRun, options: ConnectStart): Promise<Connect> {
    const worker = new Connect(run, options, await run.ports.allocate())
    await worker.begin()
    return worker
  }

  protected async container(): Promise<Launch> {
    const settings = workerSettings(this.#options)
    const variables = Object.entries(settings).map(([key, value]) => [
      `CONNECT_${key.toUpperCase().replaceAll('.', '_')}`,
      String(value),
    ])
    const container = new GenericLaunch(this.#options.image)
      .withEnvironment({
        ...Object.fromEntries(variables),
        BOOTSTRAP_SERVERS: this.#options.bootstrapServers,
        GROUP_ID: String(settings['group.id']),
        CONFIG_STORAGE_TOPIC: String(settings['config.storage.topic']),
        OFFSET_STORAGE_TOPIC: String(settings['offset.storage.topic']),
        STATUS_STORAGE_TOPIC: String(settings['status.storage.topic']),
        ADVERTISED_HOST_NAME: NAME,
        HEAP_OPTS: '-Xmx256m -Xms64m -Xmn40m',
        // A link that was healed may have another address under its name.
        KAFKA_OPTS: '-Dsun.net.inetaddr.ttl=1 -Dsun.net.inetaddr.negative.ttl=0',
      })
      .withWaitStrategy(atOnce)
    return ofRun(container, this.run, { alias: NAME, ports: { [PORT]: this.#port } })
  }

  protected async look(): Promise<boolean> {
    // Listing goes through the worker's group: it answers only once that works, unlike GET /.
    const { status, body } = await this.request('GET', '/connectors', undefined, 2000)
    if (status !== 200) throw new Error(`HTTP ${status} ${JSON.stringify(body)}`)
    return true
  }

  url(from: Viewpoint): string {
    return `http://${endpointText(from === 'host' ? published(this.#port) : { host: NAME, port: PORT })}`
  }

  request(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    deadline?: number,
  ): Promise<RestAnswer> {
    return callConnect(this.url('host'), method, path, body, deadline)
  }

  override async restart(options: ConnectOptions = {}): Promise<void> {
    const changed = Object.keys(options).length > 0
    this.#options = { ...this.#options, ...options }
    if (changed) await this.recreate()
    else await super.restart()
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    await this.run.ports.release(this.#port)
  }
}
