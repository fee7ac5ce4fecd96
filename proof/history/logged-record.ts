import type { EventOf } from './event.ts'

/** `open`: its Kafka transaction has no end marker, so a reader of committed records does not see it. */
export type Fate = 'visible' | 'aborted' | 'open'

/** A record as it was read, and what became of it. */
export interface LoggedRecord {
  readonly record: EventOf<'k.record'>
  /** As declared; undefined where the record carries none. */
  readonly id: string | undefined
  /** Its place among the events of one record, from 0; undefined where a record is one event. */
  readonly index?: number
  fate: Fate
  /** `seq` from which on a reader of committed records could see it. */
  visibleFrom: number
}
