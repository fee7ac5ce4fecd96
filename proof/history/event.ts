/**
 * What can happen in a run, as one line of `history.ndjson` each.
 *
 * Positions are numbers: a Postgres LSN (64 bit in theory) stays far below 2^53 in any sandbox.
 * Orders that safety predicates may use: `commitLsn`, (`topic`, `partition`, `offset`) and `seq` of one
 * session. `at` is for timing predicates and for people.
 */
export interface EventBase {
  /** Position in the history; strictly rising. */
  readonly seq: number
  /** Milliseconds since the run began, monotonic: when we saw it, not when it happened. */
  readonly at: number
  /** The scenario that it belongs to. */
  readonly scenario: string
}

export type Fields = Readonly<Record<string, string | null>>

export interface RowChange {
  readonly table: string
  readonly op: 'insert' | 'update' | 'delete'
  /** The row after the change; absent for a delete. Unchanged TOAST columns are left out. */
  readonly after?: Fields
  /** The old key or row, where the table's replica identity gives it. */
  readonly before?: Fields
}

export interface LogicalMessage {
  readonly prefix: string
  readonly content: string
  readonly lsn: number
}

interface Kinds {
  /** What the scenario set out to do: everything that the judgement needs to know. First event of a scenario. */
  'scenario.plan': { readonly plan: ScenarioPlan }
  /** The harness reached the end of the scenario (`completed`) or had to give up (`reason`). */
  'scenario.end': { readonly completed: boolean; readonly reason?: string }
  /** `control-before` and `control-after` are fault free; `fault` is one trial of a window; `drain` waits for the end. */
  phase: { readonly phase: Phase; readonly trial?: number; readonly window?: string }

  'op.invoke': {
    readonly op: string
    readonly key: string
    /** Unique per command in a run: how a committed row is matched to the command that asked for it. */
    readonly amount: number
    readonly idempotencyKey: string
    readonly traceparent: string
    /** The harness makes the database refuse this one at COMMIT. */
    readonly refused: boolean
  }
  'op.ok': { readonly op: string; readonly status: number }
  /** A definite refusal: the service said no. */
  'op.fail': { readonly op: string; readonly status: number; readonly reason: string }
  /** Outcome unknown: no answer, or an answer that says nothing (5xx, reset, timeout). */
  'op.info': { readonly op: string; readonly reason: string }

  'pg.tx': {
    readonly xid: string
    readonly beginLsn: number
    readonly commitLsn: number
    /** Wall clock of the database, milliseconds since 1970. */
    readonly committedAt: number
    readonly rows: readonly RowChange[]
    readonly messages: readonly LogicalMessage[]
  }
  /** A non-transactional logical message: seen although its transaction may have rolled back. */
  'pg.message': LogicalMessage
  'pg.xact': { readonly xid: string; readonly status: 'committed' | 'aborted' | 'in progress' }
  'pg.slot': {
    readonly slot: string
    readonly active: boolean
    readonly confirmedFlushLsn: number | null
    readonly restartLsn: number | null
    readonly walStatus: string | null
    /** The end of the WAL at the same moment. */
    readonly currentLsn: number
  }
  /** The database witness has seen every commit up to here. */
  'pg.flushed': { readonly lsn: number }

  'gate.closed': { readonly gate: GateName; readonly key: string }
  /** A backend waits at the gate: proof that the window is open. */
  'gate.waiting': {
    readonly gate: GateName
    readonly key: string
    readonly pid: number
    readonly applicationName: string
    readonly xid: string | null
    readonly query: string
  }
  'gate.opened': { readonly gate: GateName; readonly key: string }

  'k.record': {
    readonly topic: string
    readonly partition: number
    readonly offset: number
    /** The broker's or producer's timestamp, milliseconds since 1970. */
    readonly timestamp: number
    readonly key: string | null
    /** UTF-8 text, or `base64:` and the bytes where they are not UTF-8. */
    readonly value: string | null
    /** Bytes of the value as stored; −1 for null. */
    readonly valueBytes: number
    readonly headers: Fields
    /** −1: the producer was not idempotent. */
    readonly producerId: number
    readonly producerEpoch: number
    readonly sequence: number
    readonly transactional: boolean
  }
  /** The end marker of a Kafka transaction. */
  'k.control': {
    readonly topic: string
    readonly partition: number
    readonly offset: number
    readonly producerId: number
    readonly outcome: 'commit' | 'abort'
  }
  /** The log witness has read every offset from `from` to `end` (exclusive) without a gap. */
  'k.end': { readonly topic: string; readonly partition: number; readonly from: number; readonly end: number }
  /** A committed group offset, in the order of `__consumer_offsets`. */
  'k.commit': {
    readonly group: string
    readonly topic: string
    readonly partition: number
    readonly offset: number
    readonly position: number
  }
  /** What a client asked for, read from the bytes of its requests. */
  'k.client': {
    readonly clientId: string
    readonly software?: string
    readonly acks: number
    readonly idempotent: boolean
    readonly transactional: boolean
    readonly apiVersion: number
    readonly topics: readonly string[]
  }

  proc: {
    readonly service: string
    readonly instance: number
    readonly pid: number
    readonly event: 'started' | 'ready' | 'exited' | 'killed' | 'stopped' | 'continued' | 'ended'
    readonly code?: number | null
    readonly signal?: string | null
  }

  'fault.armed': { readonly fault: string; readonly effect: string; readonly target: string }
  /** Evidence that the fault did something: bytes swallowed, a connection refused, a process gone. */
  'fault.bitten': { readonly fault: string; readonly target: string; readonly evidence: string }
  'fault.cleared': { readonly fault: string; readonly target: string; readonly verified: boolean }
  /** Our instrument failed; the scenario can't be HELD. */
  'fault.broken': { readonly fault: string; readonly target: string; readonly reason: string }

  /** A fact about a component that a window needs (a Connect task id, an offset that was flushed, a restart). */
  fact: { readonly name: string; readonly subject: string; readonly value: string | number | boolean | null }
  /** A witness lost sight of something: the evidence has a hole. */
  'witness.gap': { readonly witness: string; readonly reason: string }
  /** A line of a service's log that says it had to retry, reconnect or restart. Never used for safety. */
  note: { readonly text: string }
}

export type Phase = 'setup' | 'control-before' | 'fault' | 'control-after' | 'drain'
export type GateName = 'commit' | 'mark'
export type EventKind = keyof Kinds
export type EventOf<K extends EventKind> = EventBase & { readonly kind: K } & Kinds[K]
export type HistoryEvent = { [K in EventKind]: EventOf<K> }[EventKind]
/** An event that has not been written yet: the journal adds seq, at and scenario. */
export type NewEvent = { [K in EventKind]: { readonly kind: K } & Kinds[K] }[EventKind]

/** Where to find the id of an event in a record. */
export type EventIdSource =
  | { readonly header: string }
  | { readonly cloudEvent: 'id' }
  | { readonly json: string }

/** What the user declares about a publisher, with the names that it has in this scenario. */
export interface PublisherDeclaration {
  readonly name: string
  readonly relay: 'polling' | 'debezium'
  readonly state: { readonly table: string; readonly id: string; readonly amount?: string }
  readonly outbox?: {
    readonly table: string
    readonly id: string
    readonly aggregateId: string
    readonly payload?: string
    readonly eventType?: string
    /** Boolean or timestamp column that the relay sets when the event is on the log. */
    readonly published?: string
    /** Column that is set when the relay gave up on a row, visibly. */
    readonly parked?: string
    readonly traceparent?: string
  }
  readonly topic: string
  readonly eventId: EventIdSource
  /** Header that carries the event type, where one does. */
  readonly eventTypeHeader?: string
  readonly order: 'per-key' | 'none'
  readonly duplicates: 'allowed' | 'never'
  /** The replication slot of a Debezium connector. */
  readonly slot?: string
}

export interface ScenarioPlan {
  readonly id: string
  readonly title: string
  readonly controls: readonly string[]
  readonly publisher: PublisherDeclaration
  /** Windows to be entered, each `trials` times. Empty for a control run. */
  readonly windows: readonly string[]
  readonly trials: number
  /** Faults and gates that this scenario uses, by name: each must have bitten. */
  readonly faults: readonly string[]
  /** Checkers by predicate: OA1, …, PS1. */
  readonly checkers: readonly string[]
  readonly bounds: {
    /** Milliseconds: after all faults are cleared everything is published within this time (OA8). */
    readonly recovery: number
    /** Milliseconds: one undeliverable row delays other keys by no more than this (OA8). */
    readonly headOfLine: number
    /** Events and keys that make a load (guard 2). */
    readonly events: number
    readonly keys: number
  }
  readonly seed: string
  /** Instruments that were switched off on purpose (`--disarm`). */
  readonly disarmed: readonly string[]
  /** `op`s, keys or amounts that the scenario treats apart: the gate's key, the poison's key. */
  readonly marked: readonly string[]
}
