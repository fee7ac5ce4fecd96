/** An event as it was committed, waiting to be published. */
export interface OutboxRow {
  readonly id: string
  readonly aggregateType: string
  readonly aggregateId: string
  readonly eventType: string
  readonly payload: string
  readonly traceparent: string | null
  /** The event that this one follows from; absent where there is none. */
  readonly causationId?: string | null
  readonly createdAt: Date
}
