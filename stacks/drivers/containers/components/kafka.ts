import { randomBytes } from 'node:crypto'
import { Wait } from 'testcontainers'
import { type Endpoint, endpointText } from '../../../../core/endpoint.ts'
import { within } from '../../../../core/until.ts'
import { exerciseKafka } from '../../../clients/kafka-probe.ts'
import { openRecordWriter } from '../../../clients/record-writer.ts'
import { Leases } from '../../../leases.ts'
import type { RecordWriter, RunningKafka, Viewpoint } from '../../../stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { published } from '../host-side.ts'
import { KafkaLaunch, type Launch, ofRun } from '../launch.ts'
import { RunningContainer } from '../running-container.ts'
import { ADVERTISE, brokerEnvironment, LINK_PORT, LINKS, type LinkListener } from './broker-listeners.ts'

/** Where the module listens for containers. */
const SERVICE_PORT = 9092
/** The first listener of a link. */
const FIRST_LINK = 9200

/** Disposing gives it back. */
export interface LeasedListener extends LinkListener, AsyncDisposable {}

/** One broker in KRaft mode, by the module for Kafka. */
export class Kafka extends RunningContainer implements RunningKafka {
  // One that begins like an option is taken for one by Kafka's own tools.
  readonly clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A')
  protected readonly readyWhen = 'a record to be produced and read back'
  readonly #image: string
  readonly #port: number
  readonly #listeners: readonly LinkListener[]
  readonly #free: Readonly<Record<'host' | 'service', Leases<LinkListener>>>

  private constructor(
    name: string,
    run: ContainerRun,
    image: string,
    port: number,
    listeners: readonly LinkListener[],
  ) {
    // The script that the module starts is not told to end, and the broker below it neither.
    super(name, run, 1000)
    this.#image = image
    this.#port = port
    this.#listeners = listeners
    const free = (view: Viewpoint) =>
      new Leases(
        listeners.filter((listener) => listener.for === view),
        'a free Kafka listener for a link',
      )
    this.#free = { host: free('host'), service: free('service') }
  }

  /** @param name by which containers find it @throws {ComponentNotReady} */
  static async start(name: string, run: ContainerRun, image: string): Promise<Kafka> {
    const port = await run.ports.allocate()
    const listeners: LinkListener[] = []
    const add = async (view: 'host' | 'service', index: number) => {
      const inside = FIRST_LINK + listeners.length
      const advertised =
        view === 'host'
          ? published(await run.ports.allocate())
          : { host: `${name}-link-${index}`, port: LINK_PORT }
      const at = await run.ports.allocate()
      listeners.push({ name: `LINK${listeners.length}`, inside, published: at, advertised, for: view })
    }
    for (let index = 0; index < LINKS.host; index++) await add('host', index)
    for (let index = 0; index < LINKS.service; index++) await add('service', index)
    const broker = new Kafka(name, run, image, port, listeners)
    await broker.begin()
    return broker
  }

  protected async container(): Promise<Launch> {
    const advertised = {
      host: published(this.#port),
      service: { host: this.name, port: SERVICE_PORT },
      links: this.#listeners,
    }
    const container = new KafkaLaunch(this.#image, brokerEnvironment(this.clusterId, advertised), this.#port)
      // Without one of ours the module says that it has started before the broker is.
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .withCopyContentToContainer([{ content: ADVERTISE.text, target: ADVERTISE.path, mode: 0o644 }])
    const links = this.#listeners.map(({ inside, published: at }) => [inside, at] as const)
    return ofRun(container, this.run, {
      alias: this.name,
      ports: Object.fromEntries(links),
    })
  }

  protected async look(): Promise<boolean> {
    await within(20_000, 'one round trip', exerciseKafka(this.bootstrapServers('host'), this.clusterId))
    return true
  }

  bootstrapServers(from: Viewpoint): string {
    return endpointText(this.#endpoint(from))
  }

  writer(): Promise<RecordWriter> {
    return openRecordWriter(this.bootstrapServers('host'))
  }

  /** One of the listeners for links; waits while all are leased. @throws {DeadlinePassed} after 30 s */
  async listener(by: Viewpoint): Promise<LeasedListener> {
    const lease = await this.#free[by === 'host' ? 'host' : 'service'].take()
    return { ...lease.value, [Symbol.asyncDispose]: async () => lease.giveBack() }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    const ports = this.#listeners.flatMap(({ published: at, advertised, for: view }) =>
      view === 'host' ? [at, advertised.port] : [at],
    )
    await Promise.all([this.#port, ...ports].map((port) => this.run.ports.release(port)))
  }

  #endpoint(from: Viewpoint): Endpoint {
    return from === 'host' ? published(this.#port) : { host: this.name, port: SERVICE_PORT }
  }
}
