import type { PublishedRecord } from './topic-log.ts'
import type { CommittedTransaction } from './transaction.ts'

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
  readonly records: PublishedRecord[]
}
