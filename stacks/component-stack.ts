import { createDatabase, type DatabaseServer } from './clients/database.ts'
import { disposeAll, Lending } from './lending.ts'
import { Watch } from './local/watch.ts'
import type {
  Capability,
  ComponentName,
  Database,
  Link,
  Listener,
  OwnBroker,
  Program,
  PrometheusSpec,
  Reachable,
  RunningConnect,
  RunningKafka,
  RunningKubernetes,
  RunningPrometheus,
  RunningRegistry,
  RunningService,
  ServiceSpec,
  Stack,
  Viewpoint,
} from './stack.ts'
import type { Startable } from './started-once.ts'

export type StackServer = DatabaseServer & AsyncDisposable

/** What a driver's stack is made of, each started at its first need; typed as the driver's own handles. */
export interface Components {
  readonly postgres: Startable<StackServer>
  readonly kafka: Startable<RunningKafka & AsyncDisposable>
  readonly connect: Startable<RunningConnect & AsyncDisposable>
  readonly 'schema-registry': Startable<RunningRegistry & AsyncDisposable>
  readonly kubernetes: Startable<RunningKubernetes & AsyncDisposable>
}

/** A stack of components that this run starts itself: what is the same whatever they are run with. */
export abstract class ComponentStack<C extends Components> implements Stack {
  abstract readonly driver: string
  abstract readonly versions: Readonly<Record<string, string>>
  readonly capabilities: ReadonlySet<Capability>
  readonly lacking: ReadonlyMap<Capability, string>
  /** What is handed out ends before the components. */
  protected readonly lending = new Lending()
  protected abstract readonly components: C
  readonly #watch: Watch
  #servers = 0

  /** @param lacking what this machine can not give of what such a stack has, each with why */
  constructor(
    capabilities: readonly Capability[],
    lacking: ReadonlyMap<Capability, string>,
    watch: Watch = new Watch(),
  ) {
    this.#watch = watch
    this.lacking = lacking
    this.capabilities = new Set(capabilities.filter((each) => !lacking.has(each)))
  }

  abstract prepare(components: readonly ComponentName[]): Promise<void>
  abstract link(name: string, target: 'kafka' | Reachable, by: Viewpoint): Promise<Link>
  abstract broker(): Promise<OwnBroker>
  abstract prometheus(spec: PrometheusSpec): Promise<RunningPrometheus>
  abstract listener(): Promise<Listener>
  abstract viewpoint(program: Program): Viewpoint
  abstract port(program: Program): Promise<number>
  abstract service(spec: ServiceSpec): Promise<RunningService>
  abstract [Symbol.asyncDispose](): Promise<void>

  /** A database server of its own. */
  protected abstract server(name: string): Promise<StackServer>
  /** A link is started when it is asked for; here what it is started from is made sure of. */
  protected abstract linkable(): Promise<unknown>

  get lost(): AbortSignal {
    return this.#watch.lost
  }

  async need(components: readonly ComponentName[]): Promise<void> {
    await Promise.all(
      components.map((name) => (name === 'toxiproxy' ? this.linkable() : this.components[name].need())),
    )
  }

  get kafka(): RunningKafka {
    return this.components.kafka.value
  }

  get connect(): RunningConnect {
    return this.components.connect.value
  }

  get schemaRegistry(): RunningRegistry {
    return this.components['schema-registry'].value
  }

  get kubernetes(): RunningKubernetes {
    return this.components.kubernetes.value
  }

  async database(
    name: string,
    { ownServer = false }: { readonly ownServer?: boolean } = {},
  ): Promise<Database> {
    if (!ownServer)
      return this.lending.lend(await createDatabase(await this.components.postgres.need(), name))
    const server = await this.server(`postgres-${++this.#servers}`)
    try {
      const database = await createDatabase(server, name)
      return this.lending.lend({ ...database, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() })
    } catch (error) {
      await server[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Whatever ends from now on ends by us. @returns whether something starts, which would wait for readiness */
  protected endsNow(): boolean {
    this.#watch.over()
    return this.#starting
  }

  get #starting(): boolean {
    return Object.values(this.components).some(({ starting }) => starting)
  }

  /** Ends what was lent, then what uses the broker and the database, then those; gives what failed. */
  protected async endAll(): Promise<unknown[]> {
    const { postgres, kafka, connect, 'schema-registry': registry, kubernetes } = this.components
    const errors = await disposeAll([this.lending])
    errors.push(...(await disposeAll([connect, registry, kubernetes])))
    errors.push(...(await disposeAll([kafka, postgres])))
    return errors
  }
}
