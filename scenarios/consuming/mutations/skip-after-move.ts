import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { attemptsOf } from '../view/attempt-log.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { withoutEffects } from './rows.ts'
import { applied, groupState } from './victims.ts'

/** OR4: the new owner of a partition leaves out what its predecessor had not done. */
export const skipAfterMove: Mutation<ConsumerView> = {
  predicate: 'OR4',
  says: 'let a partition change hands and its new owner skip an event',
  names: ['gap-after-rewind'],
  applies: (view) => view.plan.consumer.progress === 'kafka',
  apply(view) {
    const event = applied(view).find(({ deliveries }) => {
      const record = deliveries[0]?.record
      return record !== undefined && (view.group.firstPast(record)?.seq ?? 0) > record.seq
    })
    const record = event?.deliveries[0]?.record
    if (event === undefined || record === undefined) return undefined
    const { seq, partition } = record
    const seen = [...event.messages, ...event.calls, ...event.spoiled, ...attemptsOf(event)]
    return mutated(view.events, {
      without: [...view.group.generations, ...seen].map((one) => one.seq),
      replaced: withoutEffects(event, view.transactions, view.plan.consumer.effects),
      added: [
        { ...groupState(view, 1, { first: [partition] }), seq: seq - 0.5 },
        { ...groupState(view, 2, { second: [partition] }), seq: seq + 0.5 },
      ],
    })
  },
}
