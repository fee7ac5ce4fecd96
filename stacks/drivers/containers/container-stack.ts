import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Endpoint } from '../../../core/endpoint.ts'
import { ComponentStack, type Components } from '../../component-stack.ts'
import type { StackOptions } from '../../driver.ts'
import { disposeAll } from '../../lending.ts'
import { startService } from '../../local/service.ts'
import type {
  Capability,
  ComponentName,
  Link,
  Listener,
  OwnBroker,
  Program,
  Reachable,
  RunningPrometheus,
  RunningService,
  ServiceSpec,
  Viewpoint,
} from '../../stack.ts'
import { StartedOnce } from '../../started-once.ts'
import { KindCluster } from './cluster/kind-cluster.ts'
import { Connect } from './components/connect.ts'
import { Kafka, type LeasedListener } from './components/kafka.ts'
import { Postgres } from './components/postgres.ts'
import { SchemaRegistry } from './components/schema-registry.ts'
import { Service } from './components/service.ts'
import { ToxiproxyLink } from './components/toxiproxy-link.ts'
import type { ContainerRun } from './container-run.ts'
import { published } from './host-side.ts'
import type { ImageStore, StackImage } from './images/image-store.ts'
import { ServiceImages } from './images/service-images.ts'
import { PROMETHEUS_LACKING } from './prometheus-lacking.ts'

export interface ContainerStackOptions extends Pick<StackOptions, 'connect' | 'cluster' | 'keep'> {
  readonly images: ImageStore
  readonly versions: Readonly<Record<string, string>>
  /** Capabilities that this machine can not give, each with why. */
  readonly lacking: ReadonlyMap<Capability, string>
  /** The program `kind`, obtained first where it is absent. */
  readonly kind: () => Promise<string>
  /** A folder for locks. */
  readonly locks: string
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
  'kubernetes',
  'kill-pod',
  'kill-metrics-adapter',
  'reached-by-pods',
  'evict-pod',
  'drain-node',
  'limit-memory',
]

/** Images of the components that are one image. */
const IMAGE: Readonly<Partial<Record<ComponentName, StackImage>>> = {
  postgres: 'postgres',
  kafka: 'kafka',
  connect: 'connect',
  'schema-registry': 'schema-registry',
  toxiproxy: 'toxiproxy',
}

interface ContainerComponents extends Components {
  readonly kafka: StartedOnce<Kafka>
  readonly kubernetes: StartedOnce<KindCluster>
}

/** The real components as containers of one network. */
export class ContainerStack extends ComponentStack<ContainerComponents> {
  readonly driver = 'containers'
  /** A scenario starts up to four pods at a time, and each of them is a container with a whole service. */
  readonly scaledAtOnce = availableParallelism()
  protected readonly components: ContainerComponents
  readonly #versions: Record<string, string>
  readonly #run: ContainerRun
  readonly #options: ContainerStackOptions
  /** One choice an image, also where several components ask at the same time. */
  readonly #chosen = new Map<StackImage, Promise<string>>()
  /** What services are run from that are no images yet. */
  readonly #built: ServiceImages
  #brokers = 1
  #links = 0

  constructor(run: ContainerRun, options: ContainerStackOptions) {
    super(CAPABILITIES, new Map([...options.lacking, ['prometheus', PROMETHEUS_LACKING]]), run.watch)
    this.#versions = { ...options.versions }
    this.#run = run
    this.#options = options
    this.#built = new ServiceImages(
      run,
      () => options.images.one('node'),
      (name) => options.images.service(name),
    )
    const { report } = run
    const kafka = new StartedOnce('kafka', report, async () =>
      Kafka.start('kafka', run, await this.#image('kafka')),
    )
    this.components = {
      postgres: new StartedOnce('postgres', report, () => this.server('postgres')),
      kafka,
      connect: new StartedOnce('connect', report, async () => {
        // Its container is created beside the broker's: the worker tries until that answers.
        const broker = kafka.need()
        broker.catch(() => {})
        const image = await this.#image('connect')
        const worker = Connect.start(run, { image, bootstrapServers: 'kafka:9092', ...options.connect })
        const [started] = await Promise.all([worker, broker])
        return started
      }),
      'schema-registry': new StartedOnce('schema-registry', report, async () =>
        SchemaRegistry.start(run, await this.#image('schema-registry')),
      ),
      kubernetes: new StartedOnce(
        'kubernetes',
        report,
        () => this.#cluster(),
        ({ kubeconfigPath: kubeconfig }) => ({ kubeconfig }),
      ),
    }
  }

  get versions(): Readonly<Record<string, string>> {
    return this.#versions
  }

  async prepare(components: readonly ComponentName[]): Promise<void> {
    const images = components.map((component) => IMAGE[component]).filter((image) => image !== undefined)
    await Promise.all(images.map((image) => this.#image(image)))
    if (components.includes('kubernetes'))
      await Promise.all([this.#options.kind(), this.#options.images.one('kind-node')])
  }

  prometheus(): Promise<RunningPrometheus> {
    return Promise.reject(new Error(PROMETHEUS_LACKING))
  }

  async broker(): Promise<OwnBroker> {
    const name = `kafka-${++this.#brokers}`
    const kafka = await Kafka.start(name, this.#run, await this.#image('kafka'))
    return this.lending.lend({
      kafka,
      link: async (name, by) => this.#kafkaLink(name, await kafka.listener(by)),
      [Symbol.asyncDispose]: () => kafka[Symbol.asyncDispose](),
    })
  }

  async link(name: string, target: 'kafka' | Reachable, by: Viewpoint): Promise<Link> {
    if (target === 'kafka')
      return this.#kafkaLink(name, await (await this.components.kafka.need()).listener(by))
    const image = await this.#image('toxiproxy')
    const port = await this.#run.ports.allocate()
    const at = { alias: `link-${++this.#links}`, port, target: target.endpoint('host') }
    const back = { [Symbol.asyncDispose]: () => this.#run.ports.release(port) }
    return this.lending.lend(
      await ToxiproxyLink.start({ name, to: 'database', image, ...at }, this.#run),
      back,
    )
  }

  async #kafkaLink(name: string, listener: LeasedListener): Promise<Link> {
    try {
      const image = await this.#image('toxiproxy')
      const at = await this.#between(listener)
      const link = await ToxiproxyLink.start({ name, to: 'kafka', image, ...at }, this.#run)
      return this.lending.lend(link, listener)
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
      endpoint: (from) => (from === 'host' ? bind : { host: hostSide.name, port }),
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
    return this.lending.lend(
      'image' in program
        ? await Service.start(spec, { ...program, image: await this.#built.of(program.image) }, this.#run)
        : await startService(spec, program, this.#run),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // An interrupted start does not wait for readiness: its containers go first, and it fails by that.
    if (this.endsNow()) await this.#options.end()
    const errors = await this.endAll()
    await this.#options.end().catch((error) => errors.push(error))
    errors.push(...(await disposeAll([this.#run.reaper, this.#run.ports])))
    await rm(this.#run.data, { recursive: true, force: true })
    if (errors.length > 0) throw new AggregateError(errors, 'the stack did not end in order')
  }

  protected linkable(): Promise<unknown> {
    return this.#image('toxiproxy')
  }

  protected async server(name: string): Promise<Postgres> {
    return Postgres.start(name, this.#run, await this.#image('postgres'))
  }

  async #cluster(): Promise<KindCluster> {
    const { images, kind, cluster, keep = false, locks } = this.#options
    const [program, image] = await Promise.all([kind(), images.one('kind-node')])
    this.#versions['image kubernetes'] = `${image} (built here)`
    const nodeImage = () => images.one('node')
    return KindCluster.start({ kind: program, image, nodeImage, keep, locks, ...cluster }, this.#run)
  }

  async #between({ published: port, advertised, for: by }: LeasedListener): Promise<{
    alias: string
    port: number
    target: Endpoint
  }> {
    const target = published(port)
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
