import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { clearGaps } from '../predicates/declared-delays.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** RD2: a retry begins when half of its delay is over. */
export const retryTooSoon: Mutation<ConsumerView> = {
  predicate: 'RD2',
  says: 'let a retry begin after half of its delay',
  names: ['early-retry', 'wrong-backoff'],
  applies: (view) => clearGaps(view).length > 0,
  apply(view) {
    const [gap] = clearGaps(view)
    const next = view.events.find(({ seq }) => seq === gap?.seqs[1])
    if (gap === undefined || next === undefined) return undefined
    const soon = gap.since + (view.plan.consumer.retry?.delays[gap.number] ?? 0) / 2
    if (next.kind === 'k.record') return mutated(view.events, { replaced: [{ ...next, timestamp: soon }] })
    if (next.kind === 'call') {
      const took = next.endedAt - next.startedAt
      return mutated(view.events, { replaced: [{ ...next, at: soon + took }] })
    }
    return mutated(view.events, { replaced: [{ ...next, at: soon }] })
  },
}
