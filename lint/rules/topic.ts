import { nearest } from '../../core/nearest.ts'
import { consumerOf, kafkaTriggers, topicsOf } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/** D5, D6: no topic, or one that the consumer does not read. */
export const topic: Rule = {
  name: 'topic',
  *check(object, { context }) {
    for (const trigger of kafkaTriggers(object)) {
      const { at, given } = trigger.setting('topic')
      const consumer = consumerOf(trigger, object, context)
      if (!given) {
        const apache = trigger.type === 'apache-kafka' && object.fromZero
        yield {
          severity: apache ? 'error' : 'warning',
          at,
          found: 'no topic',
          why: apache
            ? 'KEDA asks the members of the group for their topics; at zero replicas there are none, and nothing ever wakes it'
            : 'the lag of every topic that the group ever committed to counts, also of those that nobody reads any more',
          fix: `name the topic${consumer === undefined ? '' : `: "${consumer.topic}"`}, one trigger for each`,
        }
        continue
      }
      const seen = trigger.group === undefined ? undefined : context.observed?.groups?.[trigger.group]
      const topics = consumer === undefined ? (seen ?? []) : topicsOf(consumer)
      if (trigger.topic === undefined || topics.length === 0 || topics.includes(trigger.topic)) continue
      yield {
        severity: 'error',
        at,
        found: `the lag on topic "${trigger.topic}", while ${consumer?.name ?? trigger.group} reads ${topics.map((each) => `"${each}"`).join(', ')}`,
        why: 'what arrives on the topic that is read does not wake or scale the consumer',
        fix: `write topic: "${nearest(trigger.topic, topics) ?? topics[0]}"`,
      }
    }
  },
}
