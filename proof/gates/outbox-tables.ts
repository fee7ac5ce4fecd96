import type { ColumnPlace } from '../history/column-place.ts'
import type { MarkedIn } from './marked-in.ts'

/** The tables that a change and its event are written to, as declared: table and column names. */
export interface OutboxTables {
  readonly state: { readonly table: string; readonly id: string; readonly amount?: string }
  readonly outbox?: {
    readonly table: string
    /** Of its rows those that are events of the publisher's topic. */
    readonly only?: Exclude<MarkedIn, string>
    readonly id: ColumnPlace
    readonly aggregateId: ColumnPlace
    readonly payload?: string
    readonly eventType?: string
    /** Boolean or timestamp column that the relay sets when the event is on the log. */
    readonly published?: string
    /** Column that is set when the relay gave up on a row, visibly. */
    readonly parked?: MarkedIn
    readonly traceparent?: string
  }
}
