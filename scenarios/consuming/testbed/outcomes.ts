import type { EventOf } from '../../../proof/history/event.ts'
import { eventIdReader } from '../../../proof/history/event-id.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import { ALERTS_EXPECTED, isAbout } from '../predicates/told-dead-letters.ts'
import { effectsIn, inputName } from '../view/effect-name.ts'

/**
 * What has become of the inputs so far, read on from where the last look ended. It tells when a scenario may go on;
 * what the outcomes mean is the checkers' business.
 */
export class Outcomes {
  readonly #history: ScenarioHistory
  readonly #consumer: ConsumerDeclaration
  readonly #deadLetterId: (record: EventOf<'k.record'>) => string | undefined
  readonly #causeOf: (record: EventOf<'k.record'>) => string | undefined
  readonly #effects = new Map<string, EventOf<'pg.tx'>>()
  readonly #deadLetters = new Map<string, EventOf<'k.record'>>()
  /** Events that are the cause of an output. */
  readonly #answered = new Set<string>()
  readonly #committed = new Map<number, number>()
  readonly #read = { transactions: 0, records: 0, commits: 0 }

  constructor(history: ScenarioHistory, consumer: ConsumerDeclaration) {
    this.#history = history
    this.#consumer = consumer
    this.#deadLetterId = eventIdReader(consumer.eventId)
    this.#causeOf = eventIdReader(consumer.outputs?.cause ?? consumer.eventId)
  }

  /** The first transaction that left an effect of this event. */
  effectOf(input: Pick<EventOf<'input'>, 'event' | 'key' | 'amount'>): EventOf<'pg.tx'> | undefined {
    this.#look()
    return this.#effects.get(inputName(this.#consumer, input))
  }

  deadLetterOf({ event, key, offset, partition }: EventOf<'input'>): EventOf<'k.record'> | undefined {
    this.#look()
    return this.#deadLetters.get(event) ?? this.#deadLetters.get(placeKey(key, partition, offset))
  }

  /** Whether the group has committed past this record; always so where it keeps its progress elsewhere. */
  committedPast({ partition, offset }: { readonly partition: number; readonly offset: number }): boolean {
    this.#look()
    return this.#consumer.progress === 'own' || (this.#committed.get(partition) ?? 0) > offset
  }

  /** Nothing more is to come of any input. */
  ended(): boolean {
    return this.open().length + this.untold().length + this.unanswered().length === 0
  }

  /** Inputs that have not come to their end: no effect, no dead letter, or an offset that is not committed. */
  open(): EventOf<'input'>[] {
    return this.#history.all('input').filter((input) => {
      if (input.expect === 'nothing') return false
      const done = input.expect === 'effect' ? this.effectOf(input) : this.deadLetterOf(input)
      return done === undefined || !this.committedPast(input)
    })
  }

  /** Inputs that took effect and whose output is not on its topic, where outputs are declared. */
  unanswered(): EventOf<'input'>[] {
    if (this.#consumer.outputs === undefined) return []
    return this.#history
      .all('input')
      .filter((input) => this.effectOf(input) && !this.#answered.has(input.event))
  }

  /** Inputs that are dead letters and of which nobody was told, where the service was given an address for that. */
  untold(): EventOf<'input'>[] {
    if (!this.#history.first('fact', ({ name }) => name === ALERTS_EXPECTED)) return []
    const alerts = this.#history.all('alert')
    return this.#history
      .all('input')
      .filter((input) => this.deadLetterOf(input) && !alerts.some((alert) => isAbout(alert, input.event)))
  }

  #look(): void {
    const { retry, outputs, group, topic } = this.#consumer
    const transactions = this.#history.all('pg.tx')
    for (; this.#read.transactions < transactions.length; this.#read.transactions++) {
      const tx = transactions[this.#read.transactions] as EventOf<'pg.tx'>
      for (const name of tx.rows.flatMap((row) => effectsIn(row, this.#consumer)))
        if (!this.#effects.has(name)) this.#effects.set(name, tx)
    }
    const records = this.#history.all('k.record')
    for (; this.#read.records < records.length; this.#read.records++) {
      const record = records[this.#read.records] as EventOf<'k.record'>
      if (record.topic === outputs?.topic) {
        const cause = this.#causeOf(record)
        if (cause !== undefined) this.#answered.add(cause)
      }
      if (record.topic !== retry?.deadLetter) continue
      const id = this.#deadLetterId(record)
      if (id !== undefined) this.#deadLetters.set(id, record)
      // An event that can not be read has no id; its place on the original topic names it.
      const { partition, offset } = retry.headers
      const place = [partition, offset].map((name) => (name ? record.headers[name] : undefined))
      if (place.every((part) => part != null))
        this.#deadLetters.set(placeKey(record.key ?? '', Number(place[0]), Number(place[1])), record)
    }
    const commits = this.#history.all('k.commit')
    for (; this.#read.commits < commits.length; this.#read.commits++) {
      const commit = commits[this.#read.commits] as EventOf<'k.commit'>
      // A commit that was deleted undoes nothing.
      if (commit.group === group && commit.topic === topic && commit.offset >= 0)
        this.#committed.set(commit.partition, commit.offset)
    }
  }
}

const placeKey = (key: string, partition: number, offset: number) => `${key} ${partition}/${offset}`
