import { recovery as guard } from '../../../proof/guards/recovery.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { wholeAttempts } from '../view/whole-attempts.ts'
import { flow, lifeOf } from './flow.ts'

/**
 * Guard 3: the recovery path ran: an event was tried more than once, a copy of it was read, it went through a retry, the
 * group gave partitions out anew, or an event waited from before a fault was over until after it.
 */
export const recovery = guard<ConsumerView>({
  flow,
  idle: 'nothing was delivered, tried or given out again, as if the service had not been at work: let effects.table be the one that it writes when it handles an event',
  work(view, cleared) {
    const { consumed, topics, group, disturbances } = view
    const lives = consumed.map((event) => ({ event, ...lifeOf(event, view) }))
    const held = lives.filter(({ placed = Number.POSITIVE_INFINITY, done = 0 }) =>
      cleared.some((seq) => placed < seq && done > seq),
    )
    const again = consumed.filter((event) => wholeAttempts(event, view).length > 1)
    const copies = lives.filter(({ event, done }) => event.deliveries.length > 1 && done !== undefined)
    return [
      { count: held.length, says: 'events waited for the end of one' },
      { count: again.length, says: 'were tried more than once' },
      { count: copies.length, says: 'came in copies' },
      {
        count: topics.retries.length + topics.deadLetters.length,
        says: 'records of retries and dead letters',
      },
      {
        count: group.generations.filter(({ seq }) => seq > disturbances.began).length,
        says: 'new generations of the group',
      },
    ]
  },
})
