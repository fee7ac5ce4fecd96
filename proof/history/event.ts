import type { BacklogKinds } from './backlog-kinds.ts'
import type { ClusterKinds } from './cluster-kinds.ts'
import type { FactContent } from './fact.ts'
import type { GateName } from './gate-name.ts'
import type { ScenarioPlan } from './plan.ts'
import type { SpanKinds } from './span-kinds.ts'
import type { WireKinds } from './wire-kinds.ts'

/**
 * What can happen in a run, as one line of `history.ndjson` each.
 *
 * Positions are numbers: a Postgres LSN (64 bits in theory) stays far below 2^53 in any sandbox.
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
  /** From one partition of its table to another: by what its key keeps it is the same row. */
  readonly moved?: true
}

export interface GroupMember {
  readonly memberId: string
  readonly clientId: string
  readonly instanceId: string | null
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[]
}

export interface LogicalMessage {
  readonly prefix: string
  readonly content: string
  readonly lsn: number
}

interface Kinds extends WireKinds, ClusterKinds, SpanKinds, BacklogKinds {
  /** What the scenario set out to do: everything that the judgement needs to know. First event of a scenario. */
  'scenario.plan': { readonly plan: ScenarioPlan }
  /**
   * The harness reached the end of the scenario (`completed`) or had to give up (`reason`); `misdeclared`: since the subject
   * is not what the config says.
   */
  'scenario.end': { readonly completed: boolean; readonly reason?: string; readonly misdeclared?: true }
  /** `control-before` and `control-after` are fault free; `fault` is one trial of a window; `drain` waits for the end. */
  phase: { readonly phase: Phase; readonly trial?: number; readonly window?: string }

  'op.invoke': {
    readonly op: string
    readonly key: string
    /** The id by which the service called the aggregate before, where the command is sent by that. */
    readonly id?: string
    /** Unique per command in a run: how a committed row is matched to the command that asked for it. */
    readonly amount: number
    readonly idempotencyKey: string
    readonly traceparent: string
    /** The harness makes the database refuse this one at COMMIT. */
    readonly refused: boolean
  }
  /** `id`: of the aggregate, where the answer tells it. */
  'op.ok': { readonly op: string; readonly status: number; readonly id?: string }
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
  'pg.message': LogicalMessage & {
    /** By the database's clock, in milliseconds since 1970; known of attempts. */
    readonly saidAt?: number
  }
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
  /** The database observer has seen every commit up to here. */
  'pg.flushed': { readonly lsn: number }

  'gate.closed': { readonly gate: GateName; readonly key: string }
  /** A backend waits at the gate: proof that the window is open. */
  'gate.waiting': {
    readonly gate: GateName
    readonly key: string
    readonly pid: number
    readonly applicationName: string
    /** From which its client comes. */
    readonly clientPort?: number | null
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
    /** The last value of each name. */
    readonly headers: Fields
    /** Headers whose name comes again behind them, in their order; absent where there are none. */
    readonly earlier?: readonly { readonly name: string; readonly value: string | null }[]
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
  /** Offsets from `from` to `to` (exclusive) that the broker no longer had when the log observer came there. */
  'k.removed': {
    readonly topic: string
    readonly partition: number
    readonly from: number
    readonly to: number
  }
  /** The log observer has read every offset from `from` to `end` (exclusive) without a gap. */
  'k.end': { readonly topic: string; readonly partition: number; readonly from: number; readonly end: number }
  /** A committed group offset, in the order of `__consumer_offsets`. */
  'k.commit': {
    readonly group: string
    readonly topic: string
    readonly partition: number
    /** Where the group will go on reading; −1: the commit was deleted. */
    readonly offset: number
    /** Offset of the commit itself: the order of a group's commits and generations. */
    readonly position: number
  }
  /** A group's members and what each of them owns, in the order of `__consumer_offsets`. */
  'k.group': {
    readonly group: string
    /** 'classic': the group's leader assigns; 'consumer': the broker does (KIP-848). */
    readonly type: 'classic' | 'consumer'
    /** Generation, or group epoch. */
    readonly generation: number
    /** The assignor, where known. */
    readonly protocol: string | null
    readonly members: readonly GroupMember[]
    readonly position: number
  }
  /** An event that the harness put on a consumer's topic. */
  input: {
    readonly event: string
    readonly key: string
    /** The load's own key, where the record's is written otherwise. */
    readonly mark?: string
    /** Unique per event: how an effect without an event id is matched to it. */
    readonly amount: number
    readonly version: number
    /** 1 for the first record of this event; more for copies. */
    readonly copy: number
    readonly topic: string
    readonly partition: number
    readonly offset: number
    /** What handling it must lead to; `nothing`: its Kafka transaction is aborted, and it counts for nobody. */
    readonly expect: 'effect' | 'dead-letter' | 'nothing'
    /** Attempts that the harness lets fail; −1: all of them. */
    readonly failures: number
    readonly retriable: boolean
    /** The trace context that was sent with it. */
    readonly traceparent?: string
  }
  /** A service called out, and our stub answered. */
  call: {
    readonly stub: string
    readonly event?: string
    /** Its header of that name. */
    readonly traceparent?: string
    readonly idempotencyKey: string | null
    readonly status: number
    readonly startedAt: number
    readonly endedAt: number
  }
  /** An alert reached the webhook. */
  alert: { readonly name: string; readonly subject: string; readonly body: string }

  proc: {
    readonly service: string
    readonly instance: number
    /** What ran: `process 4711`, `container 3f2a91`. */
    readonly id: string
    /** Of its process, in runs of former versions. */
    readonly pid?: number
    readonly event: 'started' | 'ready' | 'exited' | 'killed' | 'stopped' | 'continued' | 'ended'
    readonly code?: number | null
    readonly signal?: string | null
  }

  'fault.injected': {
    readonly fault: string
    readonly effect: string
    readonly target: string
    /** It is there to stay, and disturbs no work but that of its target: an event that can't be published. */
    readonly lasting?: true
    /** How often it explains that work is done again; each time that it took effect, where it is left out. */
    readonly excuses?: 'once' | 'nothing'
    /** What clients can not reach while it lasts. */
    readonly unreachable?: 'database' | 'kafka' | 'outside' | 'registry'
  }
  /** Evidence that the fault did something: bytes swallowed, a connection refused, a process gone. */
  'fault.took-effect': {
    readonly fault: string
    readonly target: string
    readonly evidence: string
    /** The client id whose request was hit, of a fault on the wire. */
    readonly by?: string
  }
  'fault.healed': { readonly fault: string; readonly target: string; readonly verified: boolean }
  /** Our instrument failed; the scenario can't be HELD. */
  'fault.broken': { readonly fault: string; readonly target: string; readonly reason: string }

  /** A fact about a component that a window needs (a Connect task id, an offset that was flushed, a restart). */
  fact: FactContent
  /** An observer lost sight of something: the evidence has a hole. */
  'observer.gap': { readonly observer: string; readonly reason: string }
  /** What came of a claim that people wrote and checked themselves: see own-claims.ts. */
  claim: {
    readonly claim: string
    readonly outcome: 'held' | 'refuted' | 'unknown'
    readonly says: string
    readonly place: string
  }
  /** A line of a service's log that says it had to retry, reconnect or restart. Never used for safety. */
  note: { readonly text: string }
}

export type Phase = 'setup' | 'control-before' | 'fault' | 'control-after' | 'drain'
export type EventKind = keyof Kinds
export type EventOf<K extends EventKind> = EventBase & { readonly kind: K } & Kinds[K]
export type HistoryEvent = { [K in EventKind]: EventOf<K> }[EventKind]
/** An event that has not been written yet: the journal adds seq, at and scenario. */
export type NewEvent = { [K in EventKind]: { readonly kind: K } & Kinds[K] }[EventKind]
