import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { redrivenIn } from '../predicates/redrive.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { withoutEffect } from './rows.ts'

/** RD9: what came again after it had been a dead letter is one once more. */
export const killRedriven: Mutation<ConsumerView> = {
  predicate: 'RD9',
  says: 'make a redriven event a dead letter once more',
  names: ['replay-dead-on-arrival'],
  applies: (view) => redrivenIn(view).some(({ expect }) => expect === 'effect'),
  apply(view) {
    const one = redrivenIn(view).find(({ expect, event }) => expect === 'effect' && event.effects.length > 0)
    if (one === undefined) return undefined
    const { event, dead, record } = one
    const { partition } = dead.record
    const offset = Math.max(
      view.topics.deadLetters.filter((other) => other.record.partition === partition).length,
      ...view.topics.deadLetters.map((other) => other.record.offset + 1),
    )
    return mutated(view.events, {
      replaced: [...new Set(event.effects.map(({ tx }) => tx))].map((tx) =>
        withoutEffect(event, tx, view.plan.consumer.effects),
      ),
      added: [{ ...dead.record, seq: record.record.seq + 0.5, offset }],
    })
  },
}
