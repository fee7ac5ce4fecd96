import { nearest } from '../../core/nearest.ts'
import { consumerOf, kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/** D5: the lag of a group that the scaled consumer is not in. It never commits, so the lag never falls. */
export const consumerGroup: Rule = {
  name: 'consumer-group',
  text: {
    finds: 'the lag of a group that the consumer is not in',
    keda: 'it reads the committed offsets of that group, whoever is in it',
    source: 'pkg/scalers/kafka_scaler.go, getConsumerOffsets',
    write: 'the group that the consumer reads as',
    failure: 'D5',
  },
  *check(object, { context }) {
    const declared = Object.values(context.consumers ?? {}).map(({ group }) => group)
    const seen = Object.keys(context.observed?.groups ?? {})
    const known = [...new Set([...declared, ...seen])]
    if (known.length === 0) return
    for (const trigger of kafkaTriggers(object)) {
      const { group } = trigger
      const consumer = consumerOf(trigger, object, context)
      if (group === undefined || (consumer === undefined ? seen.includes(group) : consumer.group === group))
        continue
      const meant = consumer?.group ?? nearest(group, known)
      yield {
        severity: meant === undefined ? 'warning' : 'error',
        at: trigger.setting('consumerGroup').at,
        found: `the lag of group "${group}", ${
          consumer === undefined
            ? 'which nobody is known to be in'
            : `while ${consumer.name} reads as "${consumer.group}"`
        }`,
        why: 'if nobody in that group commits, its lag is not that of the consumer, which is woken for nothing or never',
        fix:
          meant === undefined
            ? `declare its consumer, or write a group that is known: ${known.join(', ')}`
            : `write consumerGroup: "${meant}"`,
      }
    }
  },
}
