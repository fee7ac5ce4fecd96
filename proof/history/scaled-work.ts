import type { EventOf, RowChange } from './event.ts'
import type { ConsumerDeclaration } from './plan.ts'

/** An event that the harness published, and what handling it left behind. */
export interface Work {
  readonly event: string
  readonly input: EventOf<'input'>
  /** One a row that was inserted for it, in commit order. */
  readonly effects: EventOf<'pg.tx'>[]
}

/** What was published and what took effect: by event id where the effect names it, else by the event's own amount. */
export class ScaledWork {
  readonly all: readonly Work[]
  readonly #byName = new Map<string, Work>()
  /** Offset commits of the group, in their order. */
  readonly #commits: readonly EventOf<'k.commit'>[]
  readonly #drained: readonly EventOf<'scale.sample'>[]
  readonly #effects: ConsumerDeclaration['effects']

  constructor(
    { effects, group, topic }: ConsumerDeclaration,
    inputs: readonly EventOf<'input'>[],
    transactions: readonly EventOf<'pg.tx'>[],
    commits: readonly EventOf<'k.commit'>[],
    samples: readonly EventOf<'scale.sample'>[],
  ) {
    this.#effects = effects
    const works = new Map<string, Work>()
    for (const input of inputs) {
      // Copies of an event share its effect; the first record is when it came.
      if (works.has(input.event)) continue
      const work = { event: input.event, input, effects: [] }
      works.set(input.event, work)
      this.#byName.set(effects.eventId === undefined ? String(input.amount) : input.event, work)
    }
    const seen = new Set<number>()
    for (const tx of transactions) {
      // The witness may deliver a commit again after it reconnected.
      if (seen.has(tx.commitLsn)) continue
      seen.add(tx.commitLsn)
      for (const row of tx.rows) this.of(row)?.effects.push(tx)
    }
    this.all = [...works.values()]
    this.#commits = commits.filter((commit) => commit.group === group && commit.topic === topic)
    this.#drained = samples.filter(({ lag }) => lag === 0)
  }

  /**
   * What shows that the consumer is done with this event, whatever came of it: its offset is committed, or nothing of
   * the topic waits any more. Without it a missing effect is late, not lost.
   */
  doneWith({ input }: Work): EventOf<'k.commit'> | EventOf<'scale.sample'> | undefined {
    return (
      this.#commits.find(
        ({ seq, partition, offset }) =>
          seq > input.seq && partition === input.partition && offset > input.offset,
      ) ??
      // The first look after it may have begun before it.
      this.#drained.filter(({ seq }) => seq > input.seq)[1]
    )
  }

  /** The event whose effect this row is. */
  of({ table, op, after }: RowChange): Work | undefined {
    const { eventId, amount } = this.#effects
    if (op !== 'insert' || bare(table) !== bare(this.#effects.table)) return undefined
    const value = after?.[eventId ?? amount ?? '']
    if (value === undefined || value === null) return undefined
    return this.#byName.get(eventId === undefined ? String(Number(value)) : value)
  }
}

function bare(table: string): string {
  return table.startsWith('public.') ? table.slice('public.'.length) : table
}
