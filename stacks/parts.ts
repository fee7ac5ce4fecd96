import type { Endpoint } from '../core/endpoint.ts'
import type { Running } from './running.ts'
import type { Viewpoint } from './viewpoint.ts'

/** Something that a link can lead to. */
export interface Reachable {
  /** Past every link. */
  endpoint(from: Viewpoint): Endpoint
}

export interface Database extends Reachable, AsyncDisposable {
  readonly name: string
  readonly user: string
  readonly password: string
  /** postgres://user:password@host:port/name, past every link. */
  url(from: Viewpoint): string
  /** Killed, it ends as in a crash, without a checkpoint; it is ready when a query is answered. */
  readonly server: Running
}

/** Killed, it comes back with the same data; it is ready when a record was written and read back. */
export interface RunningKafka extends Running {
  readonly clusterId: string
  /** The unproxied listener, for observers and for services that no scenario hurts. */
  bootstrapServers(from: Viewpoint): string
  /** Puts records on topics, past every link: the load of a consumer. */
  writer(): Promise<RecordWriter>
}

/** A broker for one scenario alone: whatever is on it comes from that. Disposed, it is gone with all its data. */
export interface OwnBroker extends AsyncDisposable {
  readonly kafka: RunningKafka
  /** The same as the stack's, for this broker. */
  link(name: string, by: Viewpoint): Promise<Link>
}

export interface RecordWriter extends AsyncDisposable {
  /** Resolves with the record's place when all in-sync replicas have it. */
  write(topic: string, record: RecordToWrite): Promise<RecordPlace>
  /** The same in a Kafka transaction of its own, which stays open until `abort` resolves. */
  open(topic: string, record: RecordToWrite): Promise<RecordPlace & { abort(): Promise<void> }>
}

/** A text that begins with `base64:` stands for bytes, as where records are written down. */
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

/** The registry, spoken to through Confluent's API. */
export interface RunningRegistry extends Running {
  /** Base of that API: `${url}/subjects` … */
  url(from: Viewpoint): string
}

/** The worker is ready when its REST interface answers and it has joined its group. */
export interface RunningConnect extends Running {
  url(from: Viewpoint): string
  /** Starts the worker again, with other worker settings where given. */
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

/** What a Prometheus is started with. */
export interface PrometheusSpec {
  /** Of its log. */
  readonly name: string
  /** What stands in its `prometheus.yml`. */
  readonly config: Readonly<Record<string, unknown>>
  /** Files beside it, by the names under which the configuration knows them. */
  readonly files: Readonly<Record<string, string>>
}

/** It is ready when it has taken its configuration and serves queries. */
export interface RunningPrometheus extends Running, AsyncDisposable {
  url(from: Viewpoint): string
}

/** `requests` flow from the client to the server, `responses` back. */
export type Direction = 'requests' | 'responses'

/** A named edge that can be hurt: clients connect to it, the target is behind it. */
export interface Link extends AsyncDisposable {
  readonly name: string
  /** What clients reach through it. */
  readonly to: 'database' | 'kafka'
  endpoint(from: Viewpoint): Endpoint
  /** Refuses new connections and ends the open ones. */
  cut(): Promise<void>
  /** Accepts bytes of one direction and swallows them; the connection stays open. */
  blackhole(direction: Direction): Promise<void>
  /** Delays each chunk of one direction by so many milliseconds, without jitter. */
  slow(direction: Direction, milliseconds: number): Promise<void>
  /** Ends each connection with a TCP reset on the next chunk of one direction. */
  reset(direction: Direction): Promise<void>
  /**
   * Replaces the proxy by a clean one at the same address: removing a toxic from a dead sink can hang Toxiproxy's API
   * for good. Every other call has a deadline of its own.
   */
  heal(): Promise<void>
  /**
   * Bytes that reached the target (`requests`) and that the target sent (`responses`, which a fault may have
   * swallowed) since the link was made; healing does not reset them.
   */
  traffic(): Promise<{ readonly requests: number; readonly responses: number }>
}
