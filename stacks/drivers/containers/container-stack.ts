import { rm } from 'node:fs/promises'
import { createDatabase } from '../../clients/database.ts'
import type { StackOptions } from '../../driver.ts'
import { disposeAll, Lending } from '../../lending.ts'
import { startService } from '../../local/service.ts'
import type {
  Capability,
  ComponentName,
  Database,
  Link,
  Listener,
  OwnBroker,
  Program,
  RunningConnect,
  RunningKafka,
  RunningKubernetes,
  RunningRegistry,
  RunningService,
  ServiceSpec,
  Stack,
  Viewpoint,
} from '../../stack.ts'
import { StartedOnce } from '../../started-once.ts'
import { Connect } from './components/connect.ts'
import { Kafka, type LeasedListener } from './components/kafka.ts'
import { Postgres } from './components/postgres.ts'
import { SchemaRegistry } from './components/schema-registry.ts'
import { Service } from './components/service.ts'
import { ToxiproxyLink } from './components/toxiproxy-link.ts'
import type { ContainerRun } from './container-run.ts'
import type { ImageStore, StackImage } from './images/image-store.ts'
import { KUBERNETES_LACKING } from './lacking.ts'

export interface ContainerStackOptions extends Pick<StackOptions, 'connect'> {
  readonly images: ImageStore
  readonly versions: Readonly<Record<string, string>>
  /** Removes all that carries the run's label; what is left then is the reaper's. */
  readonly end: () => Promise<void>
}

const CAPABILITIES: readonly Capability[] = [
  'logical-replication',
  'create-trigger',
  'second-listener',
  'kill-postgres',
  'kill-kafka',
  'kill-connect',
  'debezium',
  'links',
  'kill-service',
]

/** Images of the components that are one image. */
const IMAGE: Readonly<Partial<Record<ComponentName, StackImage>>> = {
  postgres: 'postgres',
  kafka: 'kafka',
  connect: 'connect',
  'schema-registry': 'schema-registry',
  toxiproxy: 'toxiproxy',
}

/** The real components as containers of one network. */
export class ContainerStack implements Stack {
  readonly driver = 'containers'
  readonly capabilities: ReadonlySet<Capability> = new Set(CAPABILITIES)
  readonly lacking: ReadonlyMap<Capability, string> = new Map([['kubernetes', KUBERNETES_LACKING]])
  readonly #versions: Record<string, string>
  readonly #run: ContainerRun
  readonly #options: ContainerStackOptions
  readonly #postgres: StartedOnce<Postgres>
  readonly #kafka: StartedOnce<Kafka>
  readonly #connect: StartedOnce<Connect>
  readonly #registry: StartedOnce<SchemaRegistry>
  readonly #lending = new Lending()
  /** One choice an image, also where several components ask at the same time. */
  readonly #chosen = new Map<StackImage, Promise<string>>()
  #servers = 0
  #brokers = 1
  #links = 0

  constructor(run: ContainerRun, options: ContainerStackOptions) {
    this.#run = run
    this.#options = options
    this.#versions = { ...options.versions }
    const { report } = run
    this.#postgres = new StartedOnce('postgres', report, () => this.#server('postgres'))
    this.#kafka = new StartedOnce('kafka', report, async () =>
      Kafka.start('kafka', run, await this.#image('kafka')),
    )
    this.#connect = new StartedOnce('connect', report, async () => {
      // Its container is created beside the broker's: the worker tries until that answers.
      const broker = this.#kafka.need()
      broker.catch(() => {})
      const image = await this.#image('connect')
      const worker = Connect.start(run, { image, bootstrapServers: 'kafka:9092', ...options.connect })
      const [started] = await Promise.all([worker, broker])
      return started
    })
    this.#registry = new StartedOnce('schema-registry', report, async () =>
      SchemaRegistry.start(run, await this.#image('schema-registry')),
    )
  }

  get versions(): Readonly<Record<string, string>> {
    return this.#versions
  }

  async need(components: readonly ComponentName[]): Promise<void> {
    const starts: Record<ComponentName, () => Promise<unknown>> = {
      postgres: () => this.#postgres.need(),
      kafka: () => this.#kafka.need(),
      connect: () => this.#connect.need(),
      'schema-registry': () => this.#registry.need(),
      // A link is a container of its own, started when it is asked for; here its image is made sure of.
      toxiproxy: () => this.#image('toxiproxy'),
      kubernetes: () => Promise.reject(new Error(KUBERNETES_LACKING)),
    }
    await Promise.all(components.map((component) => starts[component]()))
  }

  async prepare(components: readonly ComponentName[]): Promise<void> {
    const images = components.map((component) => IMAGE[component]).filter((image) => image !== undefined)
    await Promise.all(images.map((image) => this.#image(image)))
  }

  get kafka(): RunningKafka {
    return this.#kafka.value
  }

  get connect(): RunningConnect {
    return this.#connect.value
  }

  get schemaRegistry(): RunningRegistry {
    return this.#registry.value
  }

  get kubernetes(): RunningKubernetes {
    throw new Error(KUBERNETES_LACKING)
  }

  async broker(): Promise<OwnBroker> {
    const name = `kafka-${++this.#brokers}`
    const kafka = await Kafka.start(name, this.#run, await this.#image('kafka'))
    return this.#lending.lend({
      kafka,
      link: async (name, by) => this.#kafkaLink(name, await kafka.listener(by)),
      [Symbol.asyncDispose]: () => kafka[Symbol.asyncDispose](),
    })
  }

  async database(name: string, options: { readonly ownServer?: boolean } = {}): Promise<Database> {
    if (!options.ownServer) return this.#lending.lend(await createDatabase(await this.#postgres.need(), name))
    const server = await this.#server(`postgres-${++this.#servers}`)
    try {
      const database = await createDatabase(server, name)
      return this.#lending.lend({ ...database, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() })
    } catch (error) {
      await server[Symbol.asyncDispose]()
      throw error
    }
  }

  async link(name: string, target: 'kafka' | Database, by: Viewpoint): Promise<Link> {
    if (target === 'kafka') return this.#kafkaLink(name, await (await this.#kafka.need()).listener(by))
    const image = await this.#image('toxiproxy')
    const port = await this.#run.ports.allocate()
    const at = { alias: `link-${++this.#links}`, port, target: target.endpoint('host').port }
    const back = { [Symbol.asyncDispose]: () => this.#run.ports.release(port) }
    return this.#lending.lend(
      await ToxiproxyLink.start({ name, to: 'database', image, ...at }, this.#run),
      back,
    )
  }

  async #kafkaLink(name: string, listener: LeasedListener): Promise<Link> {
    try {
      const image = await this.#image('toxiproxy')
      const at = await this.#between(listener)
      const link = await ToxiproxyLink.start({ name, to: 'kafka', image, ...at }, this.#run)
      return this.#lending.lend(link, listener)
    } catch (error) {
      await listener[Symbol.asyncDispose]()
      throw error
    }
  }

  async listener(): Promise<Listener> {
    const { ports, hostSide } = this.#run
    const port = await ports.allocate()
    const bind = { host: hostSide.bind, port }
    return {
      bind,
      endpoint: (from) => (from === 'service' ? { host: hostSide.name, port } : bind),
      [Symbol.asyncDispose]: () => ports.release(port),
    }
  }

  viewpoint(program: Program): Viewpoint {
    return 'image' in program ? 'service' : 'host'
  }

  port(): Promise<number> {
    return this.#run.ports.allocate()
  }

  async service(spec: ServiceSpec): Promise<RunningService> {
    const { program } = spec
    return this.#lending.lend(
      'image' in program
        ? await Service.start(spec, program, this.#run)
        : await startService(spec, program, this.#run),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [this.#connect, this.#registry, this.#kafka, this.#postgres]
    // An interrupted start does not wait for readiness: its containers go first, and it fails by that.
    if (all.some(({ starting }) => starting)) await this.#options.end()
    const errors = await disposeAll([this.#lending])
    errors.push(...(await disposeAll(all)))
    await this.#options.end().catch((error) => errors.push(error))
    errors.push(...(await disposeAll([this.#run.reaper, this.#run.ports])))
    await rm(this.#run.data, { recursive: true, force: true })
    if (errors.length > 0) throw new AggregateError(errors, 'the stack did not end in order')
  }

  async #server(name: string): Promise<Postgres> {
    return Postgres.start(name, this.#run, await this.#image('postgres'))
  }

  async #between({ published, advertised, for: by }: LeasedListener): Promise<{
    alias: string
    port: number
    target: number
  }> {
    const target = published
    if (by === 'host') return { alias: `link-${++this.#links}`, port: advertised.port, target }
    return { alias: advertised.host, port: await this.#run.ports.allocate(), target }
  }

  #image(name: StackImage): Promise<string> {
    const choose = async () => {
      const { tag, origin } = await this.#options.images.obtain(name)
      this.#versions[`image ${name}`] = origin === 'built' ? `${tag} (built here)` : tag
      return tag
    }
    const chosen = this.#chosen.get(name) ?? choose()
    this.#chosen.set(name, chosen)
    chosen.catch(() => this.#chosen.delete(name))
    return chosen
  }
}
