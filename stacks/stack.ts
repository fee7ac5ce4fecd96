/**
 * What scenarios know of a running stack. Drivers (`processes`, later `containers` and `external`) implement it;
 * nothing else in the project knows how a component is run.
 */
export type ComponentName = 'postgres' | 'kafka' | 'connect' | 'schema-registry' | 'toxiproxy' | 'kubernetes'

/** What a window may need and a stack may lack; a scenario whose need is unmet is NOT-PROVEN, with this name. */
export type Capability =
  | 'logical-replication'
  | 'create-trigger'
  | 'second-listener'
  | 'kill-postgres'
  | 'kill-connect'
  | 'debezium'
  | 'links'
  | 'kill-service'
  | 'kubernetes'

export interface Stack extends AsyncDisposable {
  readonly driver: string
  readonly capabilities: ReadonlySet<Capability>
  /** What such a stack has elsewhere and not on this machine, each with what is missing and how to get it. */
  readonly lacking: ReadonlyMap<Capability, string>
  /** Name → exact version of every component and runtime of this stack; goes into run.json. */
  readonly versions: Readonly<Record<string, string>>
  /** Starts what has not been started yet, in parallel along the true dependencies, and waits until it is ready. */
  need(components: readonly ComponentName[]): Promise<void>
  /**
   * Builds what Kubernetes is started from where the cache does not hold it, at low priority and without starting
   * anything: takes half an hour, once. @throws {ToolchainMissing} {ArtifactFailed}
   */
  buildKubernetes(): Promise<void>
  /** A database of its own for one scenario, in the shared server, or in a server of its own that may be killed. */
  database(name: string, options?: { readonly ownServer?: boolean }): Promise<Database>
  readonly kafka: RunningKafka
  readonly connect: RunningConnect
  readonly schemaRegistry: { readonly url: string }
  readonly kubernetes: RunningKubernetes
  /**
   * A named edge that can be hurt: a Toxiproxy process of its own. For Kafka the broker advertises the link's
   * own address, so that clients stay on it; `target` is 'kafka' or a database.
   */
  link(name: string, target: 'kafka' | Database): Promise<Link>
  /**
   * A listener of the broker that advertises a port on which nothing listens yet: the caller does, and forwards to
   * `upstreamPort`. Waits while all are in use; disposing gives it back.
   */
  kafkaListener(): Promise<KafkaListener>
  /** A port on 127.0.0.1 that nobody else gets until the stack is disposed. */
  port(): Promise<number>
  /** Starts a user's service as a child process and waits for its readiness. */
  service(spec: ServiceSpec): Promise<RunningService>
}

export interface Database extends AsyncDisposable {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** postgres://user:password@host:port/name, past every link. */
  readonly url: string
  readonly server: RunningPostgres
}

export interface RunningPostgres {
  readonly port: number
  /** Ends the server as a crash does (SIGKILL to the postmaster's group), without a checkpoint. */
  kill(): Promise<void>
  /** Starts it again on the same data and port; resolves when a query is answered. */
  restart(): Promise<void>
}

export interface RunningKafka {
  /** The unproxied listener, for witnesses and for services that no scenario hurts. */
  readonly bootstrapServers: string
  readonly clusterId: string
  /** Puts records on topics, past every link: the load of a consumer. */
  writer(): Promise<RecordWriter>
  /** SIGKILL of the broker. */
  kill(): Promise<void>
  /** Starts it again on the same data and ports; resolves when a record was written and read back. */
  restart(): Promise<void>
}

export interface RecordWriter extends AsyncDisposable {
  /** Resolves with the record's place when all in-sync replicas have it. */
  write(topic: string, record: RecordToWrite): Promise<RecordPlace>
  /** The same in a Kafka transaction of its own, which stays open until `abort` resolves. */
  open(topic: string, record: RecordToWrite): Promise<RecordPlace & { abort(): Promise<void> }>
}

export interface RecordToWrite {
  readonly key: string | Buffer | null
  readonly value: string | Buffer | null
  readonly headers?: Readonly<Record<string, string | Buffer>>
  /** Default: by the hash of the key, as Kafka's own clients do. */
  readonly partition?: number
}

export interface RecordPlace {
  readonly partition: number
  readonly offset: number
}

export interface KafkaListener extends AsyncDisposable {
  /** Where the broker listens. */
  readonly upstreamPort: number
  /** What the broker tells clients of this listener: 127.0.0.1 and this port. */
  readonly advertisedPort: number
}

export interface RunningConnect {
  readonly url: string
  /** SIGKILL of the worker's process group. */
  kill(): Promise<void>
  /**
   * Starts the worker again, with other worker settings where given; resolves when its REST interface answers and
   * it has rejoined its group.
   */
  restart(options?: ConnectOptions): Promise<void>
  /**
   * One call to its REST interface; resolves with status and parsed body, whatever the status.
   * @param deadline milliseconds; default 10 s
   */
  request(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    deadline?: number,
  ): Promise<RestAnswer>
}

/** Settings of the worker, which hold for all its connectors. */
export interface ConnectOptions {
  /** offset.flush.interval.ms: how long a source's offset may lag behind its records; default 1000. */
  readonly offsetFlushInterval?: number
}

export interface RestAnswer {
  readonly status: number
  readonly body: unknown
}

/** `requests` flow from the client to the server, `responses` back. */
export type Direction = 'requests' | 'responses'

export interface Link extends AsyncDisposable {
  readonly name: string
  readonly host: string
  /** Clients connect here; the target is behind it. */
  readonly port: number
  /** Refuses new connections and ends the open ones. */
  cut(): Promise<void>
  /** Accepts bytes of one direction and swallows them; the connection stays open. */
  blackhole(direction: Direction): Promise<void>
  /** Delays each chunk of one direction by so many milliseconds, without jitter. */
  slow(direction: Direction, milliseconds: number): Promise<void>
  /** Ends each connection with a TCP reset on the next chunk of one direction. */
  reset(direction: Direction): Promise<void>
  /**
   * Ends the Toxiproxy process and starts a clean one on the same port: removing a toxic from a dead sink can hang
   * its API for good. Every other call has a deadline of its own.
   */
  heal(): Promise<void>
  /**
   * Bytes that reached the target (`requests`) and that the target sent (`responses`, which a fault may have
   * swallowed) since the link was made; healing does not reset them.
   */
  traffic(): Promise<{ readonly requests: number; readonly responses: number }>
}

export interface ServiceSpec {
  readonly name: string
  /** 0, 1, … where several instances of one service run. */
  readonly instance: number
  readonly command: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly ready: Readiness
  /** Milliseconds until it must be ready. */
  readonly deadline: number
  /** Allocated by the caller; what {port} was replaced with. */
  readonly port: number
  /** Told of every start, readiness and end. */
  readonly on?: (event: ServiceEvent) => void
}

export type Readiness = { readonly http: string } | { readonly log: RegExp } | { readonly tcp: true }

export interface ServiceEvent {
  readonly event: 'started' | 'ready' | 'exited' | 'killed' | 'stopped' | 'continued' | 'ended'
  readonly pid: number
  readonly code?: number | null
  readonly signal?: NodeJS.Signals | null
}

export interface RunningService extends AsyncDisposable {
  readonly name: string
  readonly instance: number
  readonly pid: number
  readonly port: number
  readonly running: boolean
  /** Where its output goes. */
  readonly log: string
  /** SIGKILL of its process group; resolves when it is gone. */
  kill(): Promise<void>
  /** SIGSTOP: the process stands still, its connections stay open. */
  pause(): void
  resume(): void
  /** SIGTERM, then SIGKILL after `grace` milliseconds; resolves when it is gone. */
  stop(grace?: number): Promise<void>
  /** Starts it again with the same command, environment and port; resolves when it is ready. */
  restart(): Promise<void>
}

/** A Kubernetes cluster with KEDA, whose one node runs pods as processes of this machine. */
export interface RunningKubernetes {
  /** Path of the administrator's file: for kubectl, and for who watches. */
  readonly kubeconfig: string
  /** KEDA's part that answers the autoscaler's questions for metrics. */
  readonly metricsAdapter: ClusterServer
  /** A namespace of its own for one scenario; disposing deletes it with all that runs in it. */
  namespace(name: string, on?: (event: PodEvent) => void): Promise<Namespace>
}

/** A server of the control plane that may be hurt. */
export interface ClusterServer {
  readonly pid: number
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it again in the same way; resolves when it answers through the API server. */
  restart(): Promise<void>
}

export interface Namespace extends AsyncDisposable {
  readonly name: string
  /**
   * Creates an object in this namespace, or makes it what is given.
   * @throws {KubernetesRefused} with what the API server said
   */
  apply(object: ClusterObject): Promise<void>
  /** Deletes as `kubectl delete` does: a pod gets SIGTERM and its grace period. What is not there is no error. */
  delete(object: ClusterObject): Promise<void>
  /** From now on this process stands for the image in this namespace: others may name the same one. */
  use(image: string, local: LocalProcess): void
  /** SIGKILL of a pod's processes; false when none ran. */
  killPod(pod: string): Promise<boolean>
}

export interface ClusterObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string }
  readonly [field: string]: unknown
}

/** What stands for a container's image. */
export interface LocalProcess {
  readonly command: readonly string[]
  readonly cwd: string
  /** Environment variable → the container port that it must carry: each pod gets a port of its own in it. */
  readonly ports: Readonly<Record<string, string | number>>
}

/** What happened to a process of a pod. */
export interface PodEvent {
  readonly event: 'started' | 'ready' | 'exited' | 'killed' | 'ended'
  readonly pod: string
  readonly pid: number
  readonly code?: number | null
  readonly signal?: NodeJS.Signals | null
}
