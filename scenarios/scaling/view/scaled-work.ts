import type { EventOf } from '../../../proof/history/event.ts'
import type { ConsumerDeclaration } from '../../consuming/plan.ts'
import { Applied } from '../../consuming/view/applied.ts'
import { ConsumedEvents } from '../../consuming/view/consumed-events.ts'
import { Effects } from '../../consuming/view/effects.ts'

/** An event that the harness published, and what handling it left behind. */
export interface Work {
  readonly event: string
  /** Its first record; copies share its effect. */
  readonly input: EventOf<'input'>
  /** The transactions that left an effect of it, in commit order. */
  readonly effects: readonly EventOf<'pg.tx'>[]
  /** How often it was applied: one transaction may leave several rows of one effect, or apply it twice. */
  readonly times: number
  /** Handled as it must be: it took effect, or what a newer event of its key left stands for it. */
  readonly done: boolean
}

/** What was published and what took effect, by the same reading of rows as a consumer's own proofs. */
export class ScaledWork {
  readonly all: readonly Work[]
  /** Committed transactions in commit order, each once. */
  readonly transactions: readonly EventOf<'pg.tx'>[]
  /** Rows are written over: the newest version of a key stands for those before it. */
  readonly overwrites: boolean
  /** A transaction with an amount that no event has: what seems to be missing may be in it. */
  readonly unexplained: EventOf<'pg.tx'> | undefined
  readonly #consumer: ConsumerDeclaration
  readonly #inputs: readonly EventOf<'input'>[]
  /** Offset commits of the group, in their order. */
  readonly #commits: readonly EventOf<'k.commit'>[]
  readonly #drained: readonly EventOf<'scale.sample'>[]

  /** @param transactions in commit order, each once */
  constructor(
    consumer: ConsumerDeclaration,
    inputs: readonly EventOf<'input'>[],
    transactions: readonly EventOf<'pg.tx'>[],
    commits: readonly EventOf<'k.commit'>[],
    samples: readonly EventOf<'scale.sample'>[],
  ) {
    const { group, topic } = consumer
    this.#consumer = consumer
    this.#inputs = inputs
    const events = new ConsumedEvents(consumer.effects)
    for (const input of inputs) events.place(input)
    this.transactions = transactions
    const effects = new Effects(consumer, events)
    for (const tx of this.transactions) effects.add(tx)
    const applied = new Applied(consumer, events.all, effects, (event) => event.inputs.length === 1)
    this.all = events.all.flatMap((event) => {
      const [input] = event.inputs
      if (input === undefined) return []
      const left = event.effects.map(({ tx }) => tx)
      const done = left.length > 0 || applied.superseded(event)
      return { event: event.id, input, effects: left, times: applied.times(event), done }
    })
    this.overwrites = effects.overwrites && consumer.effects.version !== undefined
    this.unexplained = effects.unexplained[0]
    this.#commits = commits.filter((commit) => commit.group === group && commit.topic === topic)
    this.#drained = samples.filter(({ lag }) => lag === 0)
  }

  /** Inputs whose event left no effect yet. */
  inFlight(): readonly EventOf<'input'>[] {
    const events = new Set(this.all.filter(({ effects }) => effects.length === 0).map(({ event }) => event))
    return this.#inputs.filter(({ event }) => events.has(event))
  }

  /** Inputs that have not come to their end: no effect, or an offset that is not committed. */
  open(): readonly EventOf<'input'>[] {
    const inFlight = new Set(this.inFlight())
    const positions = new Map<number, number>()
    // A commit that was deleted undoes nothing.
    for (const { partition, offset } of this.#commits) if (offset >= 0) positions.set(partition, offset)
    const past = ({ partition, offset }: EventOf<'input'>) =>
      this.#consumer.progress === 'own' || (positions.get(partition) ?? 0) > offset
    return this.#inputs.filter((input) => inFlight.has(input) || !past(input))
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
}
