import { type Guard, metUnless } from '../../../proof/guards/guard.ts'
import { factsOf } from '../../../proof/history/recorded-fact.ts'
import { movedBetween } from '../predicates/ownership.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** Somebody came to an event at which another member stood: by what that was seen. */
    'effect.reached': string
  }
}

/**
 * Guard 4: where a window is about a rebalance, there was one: the generation rose, a partition changed hands, and where
 * two members are to be at one event both have been.
 */
export const rebalance: Guard<ConsumerView> = {
  id: 'rebalance',
  title: 'the group was rebalanced',
  otherwise: 'VACUOUS',
  look({ view }) {
    if (!view.plan.traits.includes('rebalance'))
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
        ...(rose
          ? []
          : [
              'the generation of the group did not rise while faults were there: let group be the one that the service joins, and expiry.env hold the settings by which its sessions end within expiry.session',
            ]),
        ...(moved.size > 0
          ? []
          : [
              'no partition changed hands: each instance must join the group, and not be given its partitions by hand',
            ]),
        ...(!view.plan.traits.includes('two-members') || factsOf(view.facts, 'effect.reached').length > 0
          ? []
          : [
              'nobody came to the event at which another member stood: raise recoverWithin where the service needs long to take partitions over, or lower expiry.session and expiry.poll',
            ]),
      ],
      `generation ${before?.generation} became ${since.at(-1)?.generation}, ${moved.size} partitions changed hands`,
    )
  },
}
