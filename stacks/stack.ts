import type { RunningKubernetes } from './cluster.ts'
import type {
  Database,
  Link,
  OwnBroker,
  PrometheusSpec,
  Reachable,
  RunningConnect,
  RunningKafka,
  RunningPrometheus,
  RunningRegistry,
} from './parts.ts'
import type { Program, RunningService, ServiceSpec } from './service.ts'
import type { Listener, Viewpoint } from './viewpoint.ts'

export type * from './cluster.ts'
export type { ExternalParts } from './external/external-parts.ts'
export type * from './parts.ts'
export type * from './running.ts'
export type * from './service.ts'
export type * from './viewpoint.ts'

/**
 * What scenarios know of a running stack. Drivers implement it; nothing else in the project knows how a component is
 * run, or where.
 */
export interface Stack extends AsyncDisposable {
  readonly driver: string
  readonly capabilities: ReadonlySet<Capability>
  /** What such a stack has elsewhere and not on this machine, each with what is missing and how to get it. */
  readonly lacking: ReadonlyMap<Capability, string>
  /** Name → exact version of every component and runtime of this stack; goes into run.json. */
  readonly versions: Readonly<Record<string, string>>
  /** How many scenarios may use the cluster side by side, where its pods are dearer than processes; default: any number. */
  readonly scaledAtOnce?: number
  /** Aborted, with the reason, when a component ended that nobody ended: no proof on this stack counts from then on. */
  readonly lost: AbortSignal
  /**
   * Obtains or builds what these components are started from, at low priority and without starting anything.
   * @throws {EventproofError} with what is missing and how to get it
   */
  prepare(components: readonly ComponentName[]): Promise<void>
  /** Starts what has not been started yet, in parallel along the true dependencies, and waits until it is ready. */
  need(components: readonly ComponentName[]): Promise<void>
  readonly kafka: RunningKafka
  readonly connect: RunningConnect
  readonly schemaRegistry: RunningRegistry
  readonly kubernetes: RunningKubernetes
  /** A broker of its own for one scenario, whose names of topics and groups may be anything. */
  broker(): Promise<OwnBroker>
  /** A database of its own for one scenario, in the shared server, or in a server of its own that may be killed. */
  database(name: string, options?: { readonly ownServer?: boolean }): Promise<Database>
  /**
   * A named edge that can be hurt.
   * @param by whose clients go over it: Kafka tells them this link's address, so that they stay on it
   */
  link(name: string, target: 'kafka' | Reachable, by: Viewpoint): Promise<Link>
  /**
   * A Prometheus of its own for one scenario: what it watches is that scenario's.
   * @throws where this stack has no capability `prometheus`, {ComponentNotReady} with its own words
   */
  prometheus(spec: PrometheusSpec): Promise<RunningPrometheus>
  /** A port for our own process to listen on, by which what the stack runs reaches us. */
  listener(): Promise<Listener>
  /** How addresses look to a service that is run from this. */
  viewpoint(program: Program): Viewpoint
  /** A port for one instance of it to listen on, that nobody else gets until the stack is disposed. */
  port(program: Program): Promise<number>
  /**
   * Starts a service under test and waits for its readiness.
   * @throws {ProgramRefused} where this driver can not run such a program, {ServiceDied}, {ServiceNotReady}
   */
  service(spec: ServiceSpec): Promise<RunningService>
}

export type ComponentName = 'postgres' | 'kafka' | 'connect' | 'schema-registry' | 'toxiproxy' | 'kubernetes'

/** What a window may need and a stack may lack; a scenario whose need is unmet is NOT-PROVEN, with this name. */
export type Capability =
  | 'logical-replication'
  | 'create-trigger'
  | 'second-listener'
  | 'kill-postgres'
  | 'kill-kafka'
  | 'kill-connect'
  | 'debezium'
  | 'links'
  | 'kill-service'
  | 'kubernetes'
  | 'kill-pod'
  | 'kill-metrics-adapter'
  | 'reached-by-pods'
  | 'evict-pod'
  | 'drain-node'
  | 'limit-memory'
  | 'prometheus'
