import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { askedFor, growthBound, wantedAt } from '../predicates/enough-replicas.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/** Milliseconds between two looks of those that are made up. */
const LOOK = 1000

/** SZ8: while events wait for several replicas, time goes by with one. */
export const holdBack: Mutation<ScalingView> = {
  predicate: 'SZ8',
  says: 'keep one replica while more are asked for',
  names: ['under-scaled'],
  applies: (view) => busy(view) !== undefined,
  apply(view) {
    const look = busy(view)
    if (look === undefined) return undefined
    const { plan, events } = view
    const asked = askedFor(look.lag, plan.scaling)
    const time = growthBound(asked, view) + view.lag.blindness(0, Number.POSITIVE_INFINITY)
    const count = Math.ceil(time / LOOK) + 1
    const stands = { ...look, replicas: 1, ready: 1 }
    const added = Array.from({ length: count }, (_, n): HistoryEvent => {
      return { ...stands, seq: look.seq + (n + 1) / (count + 1), at: look.at + (n + 1) * LOOK }
    })
    const later = events
      .filter(({ seq }) => seq > look.seq)
      .map((event) => ({ ...event, at: event.at + count * LOOK }))
    return mutated(events, { replaced: [stands, ...later], added })
  },
}

/** A look at which more than one replica was asked for, with nothing that would excuse fewer. */
function busy(view: ScalingView): EventOf<'scale.sample'> | undefined {
  const { scaling } = view.plan
  if (scaling.partialLag || view.clock !== undefined) return undefined
  return view.samples.find(
    (look) =>
      wantedAt(look, view) > 1 &&
      view.calmSince(look, look.seq) !== undefined &&
      view.suspended(look.seq, look.seq) === undefined,
  )
}
