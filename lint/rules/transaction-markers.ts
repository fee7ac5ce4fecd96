import { kafkaTriggers, partitionsOf } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/** D9. The end marker of a transaction takes an offset that no consumer is given: a lag of 1 that may stay. */
export const transactionMarkers: Rule = {
  name: 'transaction-markers',
  text: {
    finds: 'an activation that the end markers of transactions exceed (needs a look at the broker)',
    keda: 'a marker takes an offset, and counts as an event of lag',
    source: 'pkg/scalers/kafka_scaler.go, getLagForPartition',
    write: 'an activationLagThreshold of at least the number of partitions',
    failure: 'D9',
  },
  *check(object, scope) {
    if (!object.fromZero) return
    for (const trigger of kafkaTriggers(object)) {
      if (scope.context.observed?.topics?.[trigger.topic ?? '']?.transactional !== true) continue
      const partitions = partitionsOf(trigger, scope) ?? 1
      if (trigger.activationLagThreshold >= partitions) continue
      yield {
        severity: 'warning',
        at: trigger.setting('activationLagThreshold').at,
        found: `activationLagThreshold ${trigger.activationLagThreshold} on a transactional topic of ${partitions} partitions`,
        why: "a transaction's end marker counts as one event of lag on each partition; many clients never commit past it, and the consumer never rests",
        fix: `write activationLagThreshold: "${partitions}", or use a client that commits its position instead of the last record`,
      }
    }
  },
}
