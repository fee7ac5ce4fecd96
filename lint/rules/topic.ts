import { nearest } from '../../core/nearest.ts'
import { consumerOf, type KafkaTrigger, kafkaTriggers, topicsOf } from '../kafka-trigger.ts'
import type { Complaint, Rule } from '../rule.ts'

/** D5, D6: no topic, or one that the consumer does not read. */
export const topic: Rule = {
  name: 'topic',
  text: {
    finds:
      'the lag on a topic that the consumer does not read; no topic; a list of topics where the scaler reads one name',
    keda: 'the kafka scaler takes one topic and apache-kafka a list; without one, kafka counts every topic that the group committed to, and apache-kafka asks the group’s members',
    source:
      'pkg/scalers/kafka_scaler.go, `Topic string`; apache_kafka_scaler.go, `Topic []string` and getTopicPartitions',
    write: 'the topic that the consumer reads, one kafka trigger for each',
    failure: 'D5, D6',
  },
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
      const read = consumer === undefined ? (seen ?? []) : topicsOf(consumer)
      const reader = consumer?.name ?? trigger.group
      yield* unread(trigger, read, reader)
    }
  },
}

function* unread(
  trigger: KafkaTrigger,
  read: readonly string[],
  reader: string | undefined,
): Iterable<Complaint> {
  const { at, value } = trigger.setting('topic')
  if (value === undefined) return
  const names = value.split(',').map((name) => name.trim())
  if (names.length > 1 && trigger.type === 'kafka') {
    yield {
      severity: 'error',
      at,
      found: `topic "${value}" of a kafka trigger`,
      why: 'its scaler takes the whole text for the name of one topic, which the broker refuses: no lag is ever read',
      fix: 'write one kafka trigger for each topic, or type: apache-kafka, whose scaler takes a list',
    }
    return
  }
  for (const name of names) {
    if (read.length === 0 || read.includes(name)) continue
    yield {
      severity: 'error',
      at,
      found: `the lag on topic "${name}", while ${reader} reads ${read.map((each) => `"${each}"`).join(', ')}`,
      why: 'what arrives on the topic that is read does not wake or scale the consumer',
      fix: `write topic: "${nearest(name, read) ?? read[0]}"`,
    }
  }
}
