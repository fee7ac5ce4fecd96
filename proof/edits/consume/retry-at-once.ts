import { clearGaps } from '../../checkers/consume/declared-delays.ts'
import type { ConsumerView } from '../../history/consumer-view.ts'
import { type Edit, edited } from '../edit.ts'

/** RD2: a retry begins when the attempt before it has just failed. */
export const retryAtOnce: Edit<ConsumerView> = {
  checker: 'RD2',
  says: 'let a retry begin at once',
  names: ['early-retry', 'wrong-backoff'],
  applies: (view) => clearGaps(view).length > 0,
  apply(view) {
    const [gap] = clearGaps(view)
    const next = view.events.find(({ seq }) => seq === gap?.seqs[1])
    if (gap === undefined || next === undefined) return undefined
    if (next.kind === 'k.record')
      return edited(view.events, { replaced: [{ ...next, timestamp: gap.since }] })
    if (next.kind === 'call') {
      const took = next.endedAt - next.startedAt
      return edited(view.events, { replaced: [{ ...next, at: gap.since + took }] })
    }
    return edited(view.events, { replaced: [{ ...next, at: gap.since }] })
  },
}
