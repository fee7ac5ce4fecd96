import type { EventOf } from '../../../proof/history/event.ts'

interface Point {
  readonly seq: number
  readonly at: number
  /** No more events than this were waiting: what was sampled, and what was published since. */
  readonly lag: number
  readonly sampled: boolean
}

/** How many events waited on the topic, from samples and from what was published between them. */
export class LagTimeline {
  readonly #points: readonly Point[]
  readonly samples: readonly EventOf<'scale.sample'>[]

  constructor(samples: readonly EventOf<'scale.sample'>[], inputs: readonly EventOf<'input'>[]) {
    this.samples = samples
    let lag = 0
    this.#points = [...samples, ...inputs]
      .sort((a, b) => a.seq - b.seq)
      .map((event) => {
        lag = event.kind === 'scale.sample' ? event.lag : lag + 1
        return { seq: event.seq, at: event.at, lag, sampled: event.kind === 'scale.sample' }
      })
  }

  /**
   * The moment, after `from` and up to `to`, at which more than `threshold` events waited. What was published is
   * written down after the broker took it, so a sample in between may have counted it already: of the next two samples
   * one has to agree, where there are two before `to`.
   */
  above(
    threshold: number,
    from: number,
    to: number,
  ): { readonly seq: number; readonly at: number } | undefined {
    let unsure: Point | undefined
    let against = 0
    for (const point of this.#points) {
      if (point.seq < from) continue
      if (point.seq > to) break
      if (point.sampled) {
        if (point.lag > threshold) return unsure ?? point
        // The first look after it may have begun before it.
        if (++against > 1) unsure = undefined
      } else if (point.lag > threshold && unsure === undefined) {
        unsure = point
        against = 0
      }
    }
    return unsure
  }

  /**
   * The `seq` by which it is known what waited at `moment`: what was published is written down after the broker took
   * it, and the first look after the moment may have begun before it.
   */
  known(moment: number): number {
    const later = this.samples.filter(({ seq }) => seq > moment)
    return later[1]?.seq ?? Number.POSITIVE_INFINITY
  }

  /** The most events that may have waited between two moments. */
  peak(from: number, to: number): number {
    return this.#points.reduce(
      (most, { seq, lag }) => (seq >= from && seq <= to ? Math.max(most, lag) : most),
      0,
    )
  }

  /** Milliseconds: the longest time between two looks in this stretch, the first and the last look around it included. */
  blindness(from: number, to: number): number {
    let longest = 0
    for (let i = 1; i < this.samples.length; i++) {
      const before = this.samples[i - 1] as EventOf<'scale.sample'>
      const after = this.samples[i] as EventOf<'scale.sample'>
      if (after.seq >= from && before.seq <= to) longest = Math.max(longest, after.at - before.at)
    }
    return longest
  }
}
