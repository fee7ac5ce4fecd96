import type { EventOf } from './event.ts'
import type { ExpectedEvent } from './expected-event.ts'

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
  readonly expected: ExpectedEvent[]
}
