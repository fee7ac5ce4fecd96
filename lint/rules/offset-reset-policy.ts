import { committed, kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/**
 * D1. With `latest`, the default, KEDA counts a partition without a committed offset as a lag of 1, whatever is on
 * it (getLagForPartition of kafka_scaler.go): an empty topic wakes the consumer, a full one looks almost empty, and
 * the consumer that is woken skips what woke it. A group at zero replicas loses its commits after
 * `offsets.retention.minutes`, so that this comes back.
 */
export const offsetResetPolicy: Rule = {
  name: 'offset-reset-policy',
  text: {
    finds: 'no `offsetResetPolicy`, or `latest`',
    keda: 'under latest, its default, a partition without a committed offset counts 1, whatever is on it',
    source: 'pkg/scalers/kafka_scaler.go, getLagForPartition',
    write: '`offsetResetPolicy: earliest`, and the same in the consumer',
    failure: 'D1',
  },
  *check(object, scope) {
    for (const trigger of kafkaTriggers(object)) {
      const { at, given, value } = trigger.setting('offsetResetPolicy')
      if (given && value !== 'latest') continue
      const seen = committed(trigger, scope)
      yield {
        severity: object.fromZero && seen !== true ? 'error' : 'warning',
        at,
        found: `${given ? 'offsetResetPolicy is latest' : 'no offsetResetPolicy: KEDA takes latest'}${
          seen === false ? '; partitions without a committed offset were seen' : ''
        }`,
        why: object.fromZero
          ? 'a partition without a committed offset counts 1, whatever is on it: an empty topic wakes the consumer and never lets it rest, and a consumer that starts at the end skips what came before it'
          : 'a partition without a committed offset counts 1, whatever is on it: the lag is wrong until the first commit',
        fix: 'write offsetResetPolicy: earliest, and auto.offset.reset=earliest in the consumer',
      }
    }
  },
}
