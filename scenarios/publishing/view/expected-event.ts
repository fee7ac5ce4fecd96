import type { EventOf } from '../../../proof/history/event.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'

// A transaction, the events that it owes and the records that announce them know each other.

/** A change of the declared business table that sets its amount. */
export interface StateChange {
  readonly id: string
  /** In {@link amountOf}'s spelling; undefined where no amount column is declared. */
  readonly amount: string | undefined
}

export interface CommittedTransaction {
  readonly event: EventOf<'pg.tx'>
  readonly commitLsn: number
  readonly changes: readonly StateChange[]
  readonly expected: readonly ExpectedEvent[]
}

/** The relay says that a row is done: its `published` column is set, or the row is gone. */
export interface Mark {
  readonly how: 'published' | 'deleted'
  readonly seq: number
  readonly xid: string
  readonly lsn: number
}

/** An event that a committed transaction owes to the topic. */
export interface ExpectedEvent {
  /**
   * `outbox`: a row of the outbox table; `message`: a transactional logical message; `state`: a change of the
   * business table that came with neither, so that its id is unknown and only its content can be recognised.
   */
  readonly source: 'outbox' | 'message' | 'state'
  readonly id: string | undefined
  /** The aggregate: what the record's key must stand for. */
  readonly key: string | undefined
  readonly tx: CommittedTransaction
  /** As committed; undefined where no payload column is declared. */
  readonly payload: string | null | undefined
  readonly eventType: string | undefined
  readonly traceparent: string | undefined
  /** The amount that the command asked for, in {@link amountOf}'s spelling, where it can be told. */
  readonly amount: string | undefined
  mark: Mark | undefined
  /** The relay gave up on it, visibly. */
  parked: { readonly seq: number; readonly at: number } | undefined
  /** Another transaction changed its row before it was marked: the relay has seen it (a claim, an attempt). */
  touched: boolean
  /** Visible records that announce it, by partition and offset. */
  records: readonly PublishedRecord[]
}

/** A record on the topic, and the event that it announces. */
export interface PublishedRecord extends LoggedRecord {
  /** Undefined for what was never committed. */
  expected: ExpectedEvent | undefined
  /** `content`: its id is unknown, its key and content are those of the event. */
  matchedBy: 'id' | 'content' | undefined
}
