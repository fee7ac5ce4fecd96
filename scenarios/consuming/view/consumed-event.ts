import type { EventOf } from '../../../proof/history/event.ts'
import type { LoggedRecord } from '../../../proof/history/topic-log.ts'

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
}

/** An event that was put on a consumer's topic, and everything that came of it. */
export interface ConsumedEvent {
  readonly id: string
  /** Records that the harness placed, in order; empty for what a publisher placed. */
  readonly inputs: EventOf<'input'>[]
  /** Visible records on the declared topic, by partition and offset. */
  readonly deliveries: LoggedRecord[]
  /** Records on the declared topic that were never visible. */
  readonly hidden: LoggedRecord[]
  /** Visible records on the retry topics, in the order of the topics. */
  readonly retries: LoggedRecord[]
  readonly deadLetters: LoggedRecord[]
  /** Visible records on the topic of outputs that name it as their cause. */
  readonly outputs: LoggedRecord[]
  /** In commit order. */
  readonly effects: Effect[]
  readonly remembered: Remembered[]
  /** In the order in which they were seen. */
  readonly messages: Attempt[]
  /** Attempts that the harness made fail in the database. */
  readonly spoiled: EventOf<'pg.message'>[]
  readonly calls: EventOf<'call'>[]
}

export function consumedEvent(id: string): ConsumedEvent {
  return {
    id,
    inputs: [],
    deliveries: [],
    hidden: [],
    retries: [],
    deadLetters: [],
    outputs: [],
    effects: [],
    remembered: [],
    messages: [],
    spoiled: [],
    calls: [],
  }
}

/** What handling it must lead to in the end; a copy that is placed later may change it (a redrive). */
export function expectedOutcome({ inputs }: ConsumedEvent): 'effect' | 'dead-letter' | 'nothing' {
  return inputs.at(-1)?.expect ?? 'effect'
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
