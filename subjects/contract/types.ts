/**
 * The subject contract: how a user describes services of their own. This file is the interface (types are the
 * documentation), `schema.ts` checks it at run time, `subject.schema.json` is the same for editors.
 *
 * Placeholders in `command`, `env`, `connector` and `path`:
 * `{postgres.url}` `{postgres.host}` `{postgres.port}` `{postgres.user}` `{postgres.password}` `{postgres.database}`
 * `{kafka.bootstrapServers}` `{schemaRegistry.url}` `{connect.url}` `{port}` `{topicPrefix}` `{instance}`
 * `{stub.url}` (answers outside calls) `{alerts.url}` (receives alerts);
 * in a command's request also `{key}` `{amount}` `{commandId}`;
 * in a consumer's event `{key}` `{eventId}` `{amount}` `{version}` `{traceparent}` `{time}`.
 */
export interface SubjectConfig {
  readonly services: Readonly<Record<string, ServiceConfig>>
  readonly publishers?: Readonly<Record<string, PublisherConfig>>
  readonly consumers?: Readonly<Record<string, ConsumerConfig>>
  readonly scaling?: Readonly<Record<string, ScalingConfig>>
  readonly attestations?: Readonly<Record<string, Attestation>>
}

export interface ServiceConfig {
  readonly command: readonly string[]
  /** Folder that the command runs in, relative to the config file; default: the config file's folder. */
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly ready: { readonly http: string } | { readonly log: RegExp | string } | { readonly tcp: true }
  /** Time to get ready, such as '30s'. Default 30s. */
  readonly startWithin?: string
  /** SQL files, in order, run once on the scenario's database before the service starts; globs allowed. */
  readonly migrations?: readonly string[]
}

export interface PublisherConfig {
  /** The service that takes commands. */
  readonly service: string
  /**
   * What moves events from the database to Kafka: the name of a service (a polling relay of its own),
   * 'polling' (the relay runs inside `service`), or a Debezium connector.
   */
  readonly relay: string | { readonly debezium: { readonly connector: Readonly<Record<string, string>> } }
  readonly command: {
    readonly http: {
      readonly method: string
      readonly path: string
      readonly headers?: Readonly<Record<string, string>>
      readonly json?: unknown
    }
  }
  /**
   * What an answer 2xx says. Default 'committed'. 'accepted': the commit comes later, and a command that a fault
   * overtakes may be lost.
   */
  readonly answers?: 'committed' | 'accepted'
  /** The business table that a command changes; `amount` is the column that carries `{amount}`, unique per command. */
  readonly state: { readonly table: string; readonly id: string; readonly amount?: string }
  readonly outbox?: {
    readonly table: string
    readonly id: string
    readonly aggregateId: string
    readonly payload?: string
    readonly eventType?: string
    readonly published?: string
    readonly parked?: string
    readonly traceparent?: string
  }
  /** Without the topic prefix. */
  readonly topic: string
  /** With which the topic is made, by Kafka's names: `cleanup.policy` and the like. Default: the broker's. */
  readonly topicSettings?: Readonly<Record<string, string>>
  readonly eventId: { readonly header: string } | { readonly cloudEvent: 'id' } | { readonly json: string }
  /**
   * Where a record holds several events of a key: the JSON path of their list, '$.events'. Each has its payload as
   * `data`; what it has beside it (id, type, traceparent) stands for headers.
   */
  readonly events?: string
  readonly eventTypeHeader?: string
  /** Default 'per-key'. */
  readonly order?: 'per-key' | 'none'
  /** Default 'allowed': at least once, copies identical. */
  readonly duplicates?: 'allowed' | 'never'
  /** Time for everything to be published after the last fault is cleared. Default 30s. */
  readonly recoverWithin?: string
  /** Time that an event may wait because one of another aggregate can't be published. Default 5s. */
  readonly headOfLine?: string
}

export interface ConsumerConfig {
  readonly service: string
  /** Topics and group without the prefix, which the service puts before each of them. */
  readonly topic: string
  readonly group: string
  readonly eventId: { readonly header: string } | { readonly cloudEvent: 'id' } | { readonly json: string }
  /** What the load puts on the topic. */
  readonly event: {
    /** Default '{key}'. */
    readonly key?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly json: unknown
  }
  /** The rows that handling an event leaves behind. */
  readonly effects: {
    readonly table: string
    readonly eventId?: string
    readonly key?: string
    readonly amount?: string
    /**
     * Without an id: a number, one row a `key`, to which handling an event adds the event's amount. The load then gives
     * each event of a key a power of four, so that a sum tells which events it holds and how often.
     */
    readonly sum?: string
    /** A column that must never go down for a key. */
    readonly version?: string
  }
  readonly dedupe?: { readonly table: string; readonly eventId: string }
  /** A table with one row an entity that is written over, and whose version must never go down. */
  readonly versions?: { readonly table: string; readonly key: string; readonly version: string }
  /** The service calls `{stub.url}` for each event; the header that carries its idempotency key. */
  readonly calls?: { readonly idempotencyKey: string }
  readonly outputs?: OutputsConfig
  readonly retry?: RetryConfig
  readonly redrive?: RedriveConfig
  /** Where the group's progress is kept. Default 'kafka'. */
  readonly progress?: 'kafka' | 'own'
  /** Default 'per-key'. */
  readonly order?: 'per-key' | 'none'
  /** How long a redelivered event must still be recognised, such as '24h'. Default: for ever. */
  readonly dedupeWithin?: string
  /** The longest that handling one event may take, such as '45s'. */
  readonly longestWork?: string
  /** Partitions of its topics. Default 3. */
  readonly partitions?: number
  /** Members of the group that are meant to be at work at the same time, over all instances; without standbys. */
  readonly workers?: number
  /** Time for everything to be handled after the last fault is cleared. Default 30s. */
  readonly recoverWithin?: string
  /** How long an event may wait because another one fails, or because the group changes. Default 5s. */
  readonly headOfLine?: string
  /** How to make sessions and polls time out early, for windows that wait for that. */
  readonly expiry?: {
    readonly session: string
    readonly poll: string
    readonly env: Readonly<Record<string, string>>
  }
}

/** What the service publishes because of what it consumed: one event for each that takes effect. */
export interface OutputsConfig {
  /** Without the topic prefix, which the service puts before it. */
  readonly topic: string
  /** Where an output's own id is. */
  readonly eventId: { readonly header: string } | { readonly cloudEvent: 'id' } | { readonly json: string }
  /** Where the id of the event that caused it is. */
  readonly cause: { readonly header: string } | { readonly json: string }
  /** Where its value carries the amount that is in `effects.amount`, such as '$.amount'. */
  readonly amount?: string
  /** Time for an output to be there after its effect, and after the last fault. Default: `recoverWithin`. */
  readonly within?: string
}

export interface RetryConfig {
  /** All attempts, the first one included. */
  readonly attempts: number
  /** Before attempt 2, 3, …; one less than `attempts`. */
  readonly delays: readonly string[]
  /** Retry topics in order; `[]` where the consumer retries in place. */
  readonly topics: readonly string[]
  readonly deadLetter: string
  /** Names of the headers that a dead letter carries, each where there is one. */
  readonly headers?: {
    readonly topic?: string
    readonly partition?: string
    readonly offset?: string
    readonly timestamp?: string
    readonly errorClass?: string
    readonly errorMessage?: string
    readonly attempts?: string
    readonly traceparent?: string
  }
}

/** How dead letters of a consumer come back to its topic. */
export interface RedriveConfig {
  /** The service that minds dead letters; it runs beside the consumer, on the same database and topics. */
  readonly service: string
  /** Approves one event by hand; `{eventId}` stands for its id. Sent again until the event is on its topic. */
  readonly approve: {
    readonly http: { readonly method: string; readonly path: string; readonly json?: unknown }
  }
  /** Environment with which the service redrives by itself, about every second, beside what it has anyway. */
  readonly scheduled: Readonly<Record<string, string>>
  /** Where a letter is put aside. */
  readonly parkingLot: string
  /** After so many redrives that failed. */
  readonly after: number
}

export interface ScalingConfig {
  /** Deployment, ScaledObject and what belongs to them; globs allowed. */
  readonly manifests: readonly string[]
  /** A name of `consumers`: its topic, group and effects. */
  readonly consumer: string
  /**
   * What runs for images of containers beside the service, or in its place: such a command is the image's entrypoint,
   * so that a container's own `command` and `args` count as they do in Kubernetes. Placeholders allowed.
   */
  readonly images?: Readonly<Record<string, readonly string[]>>
  /** Environment of the service's container, beside what the manifests say; placeholders allowed. */
  readonly env?: Readonly<Record<string, string>>
  /** Time from the decision to scale to a ready pod. Default 30s. */
  readonly startWithin?: string
  /** So many events must not wait for more: the linter holds the activation threshold against it. */
  readonly wakesAt?: number
  /** Values of the ScaledObject that the quick profile shortens. */
  readonly quick?: { readonly pollingInterval: number; readonly cooldownPeriod: number }
}

export interface Attestation {
  readonly statement: string
  readonly evidence: string
  readonly by: string
  /** Until when it counts, YYYY-MM-DD. */
  readonly until: string
}

/** Gives types and completion to `eventproof.config.ts`. */
export function defineConfig(config: SubjectConfig): SubjectConfig {
  return config
}
