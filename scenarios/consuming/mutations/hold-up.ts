import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { type ConsumedEvent, isFailing, keyOf } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { applied } from './victims.ts'

/** RD6: an event waits for as long as a failing one is tried. */
export const holdUp: Mutation<ConsumerView> = {
  predicate: 'RD6',
  says: 'let an event wait while another one fails',
  names: ['head-of-line-block'],
  applies: (view) => view.plan.consumer.retry !== undefined && failing(view).length > 0,
  apply(view) {
    const inPlace = view.plan.consumer.retry?.topics.length === 0
    const all = failing(view)
    for (const cause of all) {
      const first = cause.deliveries[0]?.record
      const end = cause.deadLetters[0]?.record ?? cause.effects[0]?.tx
      const victim = applied(view).find((event) => {
        const record = event.deliveries[0]?.record
        const tx = event.effects[0]?.tx
        if (record === undefined || tx === undefined || tx === end) return false
        if (inPlace ? record.partition === first?.partition : keyOf(event) === keyOf(cause)) return false
        if (all.some((each) => lasts(each, each === cause ? [tx] : [tx, end]))) return false
        return view.rereadsBetween(record.seq, tx.seq) === 0
      })
      const record = victim?.deliveries[0]?.record
      const tx = victim?.effects[0]?.tx
      if (record === undefined || tx === undefined || first === undefined) continue
      const until = Math.max(view.lastAt, first.at) + 2 * view.plan.bounds.headOfLine + 1000
      return mutated(view.events, {
        replaced: [
          { ...record, at: first.at },
          later(tx, until),
          ...(end === undefined ? [] : [later(end, until)]),
        ],
      })
    }
    return undefined
  },
}

/** The same at another time; where the database told its own time, by as much: it was not only seen late. */
function later(event: EventOf<'pg.tx'> | EventOf<'k.record'>, at: number): HistoryEvent {
  if (event.kind === 'k.record') return { ...event, at }
  return { ...event, at, committedAt: event.committedAt + at - event.at }
}

/** It has no end, or one that moves with the victim: it could hold the victim up rightly, for ever. */
function lasts(
  { deadLetters, effects }: ConsumedEvent,
  moved: readonly (HistoryEvent | undefined)[],
): boolean {
  return (deadLetters.length === 0 && effects.length === 0) || effects.some(({ tx }) => moved.includes(tx))
}

function failing({ consumed }: ConsumerView) {
  return consumed.filter((event) => event.deliveries.length > 0 && isFailing(event))
}
