import { NONE } from '../../../proof/history/appended.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'

/** One transaction that left rows of an event in the effect table. */
export interface Effect {
  readonly tx: EventOf<'pg.tx'>
  /** Rows of this event in this transaction. */
  rows: number
  /** As declared, of the last of its rows; undefined where no such column is declared. */
  key: string | undefined
  version: number | undefined
  amount: string | undefined
  /** `seq` of the transaction that took it back. */
  withdrawn: number | undefined
}

/** A row of the declared dedupe table was written, or taken away. */
export interface Remembered {
  readonly tx: EventOf<'pg.tx'>
  readonly how: 'written' | 'deleted'
}

/** What was tried to handle an event, seen from outside also where it rolled back. */
export interface Attempt {
  readonly seq: number
  /** When it began, on the clock of the history. */
  readonly at: number
  /** When it is known to have failed or ended; the same as `at` where nothing tells. */
  until: number
  /** Where in the database's log it was seen; undefined for a call. */
  readonly lsn?: number
  /** The harness made it fail in the database. */
  spoiled?: true
}

/** An event that was put on a consumer's topic, and everything that came of it. */
export interface ConsumedEvent {
  readonly id: string
  /** Records that the harness placed, in order; empty for what a publisher placed. */
  inputs: readonly EventOf<'input'>[]
  /** Visible records on the declared topic, by partition and offset. */
  deliveries: readonly LoggedRecord[]
  /** Records on the declared topic that were never visible. */
  hidden: readonly LoggedRecord[]
  /** Visible records on the retry topics, in the order of the topics. */
  retries: readonly LoggedRecord[]
  deadLetters: readonly LoggedRecord[]
  /** Visible records on the topic of outputs that name it as their cause. */
  outputs: readonly LoggedRecord[]
  /** In commit order. */
  effects: readonly Effect[]
  /** Every transaction that wrote its row, also where that was no new effect (a status), in commit order. */
  writes: readonly EventOf<'pg.tx'>[]
  /** What its row said last, where rows name their event. */
  amount: string | undefined
  remembered: readonly Remembered[]
  /** The transaction that stored it in the declared inbox. */
  stored: EventOf<'pg.tx'> | undefined
  /** In the order in which they were seen. */
  messages: readonly Attempt[]
  /** Attempts that the harness made fail in the database. */
  spoiled: readonly EventOf<'pg.message'>[]
  calls: readonly EventOf<'call'>[]
}

export function consumedEvent(id: string): ConsumedEvent {
  return {
    id,
    inputs: NONE,
    deliveries: NONE,
    hidden: NONE,
    retries: NONE,
    deadLetters: NONE,
    outputs: NONE,
    effects: NONE,
    writes: NONE,
    amount: undefined,
    remembered: NONE,
    stored: undefined,
    messages: NONE,
    spoiled: NONE,
    calls: NONE,
  }
}

/**
 * What handling it must lead to in the end; a copy that is placed later may change it (a redrive). Where it was to become
 * a dead letter and none of its attempts was seen to fail, either end will do: nobody knows that it had to fail.
 */
export function expectedOutcome(event: ConsumedEvent): 'effect' | 'dead-letter' | 'either' | 'nothing' {
  const expected = event.inputs.at(-1)?.expect ?? 'effect'
  return expected === 'dead-letter' && !hasFailed(event) ? 'either' : expected
}

/**
 * Whether it failed as the harness wanted: an outside call was refused, its effect was. What can't be read fails by
 * itself.
 */
export function hasFailed({ inputs, spoiled, calls }: ConsumedEvent): boolean {
  const last = inputs.at(-1)
  if (last === undefined) return false
  if (last.failures === 0) return last.expect === 'dead-letter'
  return spoiled.length > 0 || calls.some(({ status }) => status >= 400)
}

/** Failed on purpose, at least once. */
export function isFailing({ inputs }: ConsumedEvent): boolean {
  return inputs.some(({ failures, expect }) => failures !== 0 || expect === 'dead-letter')
}

/** It left the order of its topic: it is, or was, on a retry topic or among the dead letters. */
export function isDiverted({ retries, deadLetters }: ConsumedEvent): boolean {
  return retries.length > 0 || deadLetters.length > 0
}

export function keyOf({ deliveries, inputs }: ConsumedEvent): string | undefined {
  return deliveries[0]?.record.key ?? inputs[0]?.key
}
