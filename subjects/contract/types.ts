/**
 * The subject contract: how a user describes services of their own. This file is the interface (types are the
 * documentation), `schema.ts` checks it at run time, `subject.schema.json` is the same for editors.
 *
 * Placeholders in `command`, `env`, `connector` and `path`:
 * `{postgres.url}` `{postgres.host}` `{postgres.port}` `{postgres.user}` `{postgres.password}` `{postgres.database}`
 * `{kafka.bootstrapServers}` `{schemaRegistry.url}` `{connect.url}` `{port}` `{topicPrefix}` `{instance}`;
 * in a command's request also `{key}` `{amount}` `{commandId}`.
 */
export interface SubjectConfig {
  readonly services: Readonly<Record<string, ServiceConfig>>
  readonly publishers: Readonly<Record<string, PublisherConfig>>
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
  readonly eventId: { readonly header: string } | { readonly cloudEvent: 'id' } | { readonly json: string }
  readonly eventTypeHeader?: string
  /** Default 'per-key'. */
  readonly order?: 'per-key' | 'none'
  /** Default 'allowed': at least once, copies identical. */
  readonly duplicates?: 'allowed' | 'never'
  /** Time for everything to be published after the last fault is cleared. Default 30s. */
  readonly recoverWithin?: string
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
