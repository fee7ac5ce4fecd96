import { antiPatternsOver } from '../../proof/anti-pattern.ts'
import type { HistoryEvent } from '../../proof/history/event.ts'
import type { LoggedRecord } from '../../proof/history/logged-record.ts'
import type { OnTopic } from '../predicates/predicate.ts'

/** What anti-patterns are looked for in: one scenario, of whatever kind its subject is. */
export interface Seen {
  readonly events: readonly HistoryEvent[]
  /** The harness reached the end of the scenario: what has not come by then does not come. */
  readonly whole: boolean
  /** Visible records on all declared topics. */
  readonly onTopics: readonly OnTopic[]
  /** Of a publisher. */
  readonly publishes?: Publishes
  /** Of a consumer. */
  readonly consumes?: Consumes
}

export interface Publishes {
  /** The business table. */
  readonly table: string
  /** What moves events reads the log of the database, and no service sends any. */
  readonly captured: boolean
  /** Requests that the service takes. */
  readonly takes: readonly string[]
  /** Committed changes of the business table, in commit order. */
  readonly changes: readonly Change[]
}

export interface Change {
  readonly seq: number
  readonly events: readonly Announced[]
}

/** An event that a change owes, and the records that announce it. */
export interface Announced {
  /** `state`: nothing in the transaction says that there is an event. */
  readonly source: 'outbox' | 'message' | 'state'
  readonly name: string
  readonly key: string | undefined
  readonly records: readonly LoggedRecord[]
}

export interface Consumes {
  readonly topic: string
  /** The effect table. */
  readonly table: string
  /** Where events go that can't be handled; absent where nothing is declared. */
  readonly deadLetter?: string
  readonly handled: readonly Handled[]
}

/** An event that was delivered, and what came of it. */
export interface Handled {
  /** "event 0b3c of order-7" */
  readonly name: string
  readonly key: string | undefined
  /** How often it was delivered, or read again. */
  readonly deliveries: number
  /** How often it took effect, within the time in which it must be recognised. */
  readonly effects: number
  readonly deadLetters: number
  /** Whatever is tried, it fails, and it was seen to. */
  readonly hopeless: boolean
  readonly outputs: number
  /** Events that show all this. */
  readonly seqs: readonly number[]
}

export const { antiPattern, isAntiPattern } = antiPatternsOver<Seen>()
