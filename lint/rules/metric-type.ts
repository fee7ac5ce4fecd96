import { kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/** D12. lagThreshold is the total lag divided by the replicas; with `Value` nothing is divided. */
export const metricType: Rule = {
  name: 'metric-type',
  *check(object) {
    for (const { field, lagThreshold } of kafkaTriggers(object)) {
      if (field.get('metricType').text !== 'Value') continue
      yield {
        severity: 'warning',
        at: field.get('metricType'),
        found: 'metricType Value on a Kafka trigger',
        why: `the autoscaler then compares the whole lag with ${lagThreshold} at each look and multiplies the replicas it has: it runs to the maximum instead of lag / ${lagThreshold}`,
        fix: 'leave metricType out: AverageValue, one replica for each lagThreshold of total lag',
      }
    }
  },
}
