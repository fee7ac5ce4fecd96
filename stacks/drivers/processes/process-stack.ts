import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cache } from '../../../core/cache.ts'
import { type Endpoint, endpointText } from '../../../core/endpoint.ts'
import { ComponentStack, type Components } from '../../component-stack.ts'
import type { StackOptions } from '../../driver.ts'
import { disposeAll } from '../../lending.ts'
import { loopbackListener, onLoopback } from '../../local/loopback.ts'
import type { Run } from '../../local/run.ts'
import { startService } from '../../local/service.ts'
import type {
  Capability,
  ComponentName,
  Link,
  Listener,
  OwnBroker,
  PrometheusSpec,
  Reachable,
  RunningPrometheus,
  RunningService,
  ServiceSpec,
  Viewpoint,
} from '../../stack.ts'
import { StartedOnce } from '../../started-once.ts'
import { commandOf } from './command-of.ts'
import { Connect, type ConnectWorker } from './components/connect.ts'
import { Kafka, type KafkaBroker, type ProxiedListener } from './components/kafka.ts'
import { Postgres, type PostgresServer } from './components/postgres.ts'
import { startPrometheus } from './components/prometheus.ts'
import { type RegistryServer, SchemaRegistry } from './components/schema-registry.ts'
import { startLink } from './components/toxiproxy-link.ts'
import { NODES_LACKING } from './nodes-lacking.ts'
import { ProcessCluster } from './process-cluster.ts'
import { ProcessParts } from './process-parts.ts'
import { versionsOf } from './versions.ts'

export interface ProcessStackOptions extends Pick<StackOptions, 'connect' | 'cluster'> {
  /** Capabilities that this machine can not give, each with why. */
  readonly lacking?: ReadonlyMap<Capability, string>
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
  'prometheus',
]

interface ProcessComponents extends Components {
  readonly postgres: StartedOnce<PostgresServer>
  readonly kafka: StartedOnce<KafkaBroker>
  readonly connect: StartedOnce<ConnectWorker>
  readonly 'schema-registry': StartedOnce<RegistryServer>
  readonly kubernetes: StartedOnce<ProcessCluster>
}

/** The real components as child processes of this one. */
export class ProcessStack extends ComponentStack<ProcessComponents> {
  readonly driver = 'processes'
  readonly versions: Readonly<Record<string, string>>
  protected readonly components: ProcessComponents
  readonly #run: Run
  readonly #parts: ProcessParts
  #brokers = 1
  #broker: Promise<number> | undefined

  constructor(
    run: Run,
    cache: Cache,
    { connect = {}, cluster = {}, lacking = new Map() }: ProcessStackOptions,
  ) {
    super(CAPABILITIES, new Map([...NODES_LACKING, ...lacking]), run.watch)
    this.#run = run
    this.versions = versionsOf(cache)
    const parts = new ProcessParts(cache)
    this.#parts = parts
    const kafka = new StartedOnce('kafka', run.report, async () =>
      new Kafka({ ...(await parts.kafka()), port: await this.#brokerPort() }).start(run),
    )
    this.components = {
      postgres: new StartedOnce('postgres', run.report, () => this.server('postgres')),
      kafka,
      connect: new StartedOnce('connect', run.report, async () => {
        // It starts beside the broker and tries until that answers: only the address must be known.
        const broker = kafka.need()
        broker.catch(() => {})
        const bootstrapServers = endpointText(onLoopback(await this.#brokerPort()))
        const worker = new Connect({ ...(await parts.connect()), ...connect, bootstrapServers }).start(run)
        const [started] = await Promise.all([worker, broker])
        return started
      }),
      'schema-registry': new StartedOnce('schema-registry', run.report, async () =>
        new SchemaRegistry(await parts.registry()).start(run),
      ),
      kubernetes: new StartedOnce(
        'kubernetes',
        run.report,
        async () => ProcessCluster.start(await parts.kubernetes(), cluster, run),
        ({ kubeconfigPath: kubeconfig }) => ({ kubeconfig }),
      ),
    }
  }

  async prepare(components: readonly ComponentName[]): Promise<void> {
    await Promise.all(components.map((component) => this.#parts.of(component)))
  }

  async broker(): Promise<OwnBroker> {
    const name = `kafka-${++this.#brokers}`
    const kafka = await new Kafka({ ...(await this.#parts.kafka()), name }).start(this.#run)
    return this.lending.lend({
      kafka,
      link: async (name) => this.#link(name, 'kafka', brokers(await kafka.listener())),
      [Symbol.asyncDispose]: async () => {
        await kafka[Symbol.asyncDispose]()
        await rm(join(this.#run.data, name), { recursive: true, force: true })
      },
    })
  }

  async link(name: string, target: 'kafka' | Reachable): Promise<Link> {
    return target === 'kafka'
      ? this.#link(name, 'kafka', brokers(await (await this.components.kafka.need()).listener()))
      : this.#link(name, 'database', await this.#plainListener(target.endpoint('host')))
  }

  async #link(name: string, to: Link['to'], listener: LinkedListener): Promise<Link> {
    try {
      const program = await this.#parts.toxiproxy()
      const { upstream, advertised } = listener
      const options = { name, to, program, port: advertised, target: upstream } as const
      const link = await startLink(options, this.#run)
      return this.lending.lend(link, listener)
    } catch (error) {
      await listener[Symbol.asyncDispose]()
      throw error
    }
  }

  async prometheus(spec: PrometheusSpec): Promise<RunningPrometheus> {
    const lack = this.lacking.get('prometheus')
    if (lack !== undefined) throw new Error(lack)
    return this.lending.lend(await startPrometheus(spec, await this.#parts.prometheus(), this.#run))
  }

  listener(): Promise<Listener> {
    return loopbackListener(this.#run)
  }

  viewpoint(): Viewpoint {
    return 'service'
  }

  port(): Promise<number> {
    return this.#run.ports.allocate()
  }

  async service(spec: ServiceSpec): Promise<RunningService> {
    return this.lending.lend(await startService(spec, commandOf(spec.name, spec.program), this.#run))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // An interrupted start does not wait for readiness: its processes go first, and it fails by that.
    const errors = this.endsNow() ? await disposeAll([this.#run.reaper]) : []
    errors.push(...(await this.endAll()))
    errors.push(...(await disposeAll([this.#run.reaper, this.#run.ports])))
    await rm(this.#run.data, { recursive: true, force: true })
    if (errors.length > 0) throw new AggregateError(errors, 'the stack did not end in order')
  }

  protected async linkable(): Promise<unknown> {
    return this.capabilities.has('links') && this.#parts.toxiproxy()
  }

  protected async server(name: string): Promise<PostgresServer> {
    return new Postgres({ name, ...(await this.#parts.postgres()) }).start(this.#run)
  }

  #brokerPort(): Promise<number> {
    this.#broker ??= this.#run.ports.allocate()
    return this.#broker
  }

  async #plainListener(upstream: Endpoint): Promise<LinkedListener> {
    const advertised = await this.#run.ports.allocate()
    return { upstream, advertised, [Symbol.asyncDispose]: () => this.#run.ports.release(advertised) }
  }
}

/** A port for clients, and what is behind it. Disposing gives the port back. */
interface LinkedListener extends AsyncDisposable {
  readonly upstream: Endpoint
  readonly advertised: number
}

function brokers(listener: ProxiedListener): LinkedListener {
  const { upstream, advertised } = listener
  return {
    upstream: onLoopback(upstream),
    advertised,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  }
}
