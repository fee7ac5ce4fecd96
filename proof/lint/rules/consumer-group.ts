import { consumerOf, kafkaTriggers } from '../kafka-trigger.ts'
import { nearestName } from '../nearest-name.ts'
import type { Rule } from '../rule.ts'

/** D5: the lag of a group that the scaled consumer is not in. It never commits, so the lag never falls. */
export const consumerGroup: Rule = {
  name: 'consumer-group',
  *check(object, { context }) {
    const declared = Object.values(context.consumers ?? {}).map(({ group }) => group)
    if (declared.length === 0) return
    for (const trigger of kafkaTriggers(object)) {
      const { group } = trigger
      const consumer = consumerOf(trigger, object, context)
      if (group === undefined || consumer?.group === group) continue
      const meant = consumer?.group ?? nearestName(group, declared)
      yield {
        severity: meant === undefined ? 'warning' : 'error',
        at: trigger.setting('consumerGroup').at,
        found: `the lag of group "${group}", ${
          consumer === undefined
            ? 'which no declared consumer is in'
            : `while ${consumer.name} reads as "${consumer.group}"`
        }`,
        why: 'if nobody in that group commits, its lag is not that of the consumer, which is woken for nothing or never',
        fix:
          meant === undefined
            ? `declare its consumer, or write a group that is declared: ${declared.join(', ')}`
            : `write consumerGroup: "${meant}"`,
      }
    }
  },
}
