import { movedBetween } from '../../checkers/consume/ownership.ts'
import { REBALANCING } from '../../checkers/consume/rolling.ts'
import type { ConsumerView } from '../../history/consumer-view.ts'
import { type Guard, metUnless } from '../guard.ts'

/** Guard 4: where a window is about a rebalance, there was one: the generation rose and a partition changed hands. */
export const rebalance: Guard<ConsumerView> = {
  id: 'rebalance',
  title: 'the group was rebalanced',
  otherwise: 'VACUOUS',
  look({ view }) {
    if (!view.plan.windows.some((window) => REBALANCING.test(window)))
      return { met: true, evidence: 'no window is about a rebalance' }
    const { generations } = view.group
    const { began } = view.disturbances
    const since = generations.filter(({ seq }) => seq > began)
    const before = generations.findLast(({ seq }) => seq <= began)
    const rose = (since.at(-1)?.generation ?? 0) > (before?.generation ?? Number.POSITIVE_INFINITY)
    const moves = movedBetween(view, began, Number.POSITIVE_INFINITY)
    const moved = new Set(moves.map(({ partition }) => partition))
    return metUnless(
      [
        ...(rose ? [] : ['the generation of the group did not rise while faults were there']),
        ...(moved.size > 0 ? [] : ['no partition changed hands']),
      ],
      `generation ${before?.generation} became ${since.at(-1)?.generation}, ${moved.size} partitions changed hands`,
    )
  },
}
