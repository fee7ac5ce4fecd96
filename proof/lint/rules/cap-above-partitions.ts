import { kafkaTriggers, partitionsOf } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/**
 * D11. More consumers than partitions are idle. KEDA's own limit lets one more through: it cuts only where
 * `totalLag / lagThreshold > partitions` in whole numbers, and the autoscaler rounds up (5 replicas for 4 were seen).
 */
export const capAbovePartitions: Rule = {
  name: 'cap-above-partitions',
  *check(object, scope) {
    const kafka = kafkaTriggers(object)
    const counts = kafka.map((trigger) => partitionsOf(trigger, scope))
    if (kafka.length === 0 || counts.includes(undefined)) return
    if (kafka.some((each) => each.flag('allowIdleConsumers') || each.flag('limitToPartitionsWithLag'))) return
    const partitions = counts.reduce<number>((most, each) => Math.max(most, each ?? 0), 0)
    const { maxReplicas, spec, triggers } = object
    if (maxReplicas <= partitions) return
    const alone = triggers.length === kafka.length
    yield {
      severity: 'error',
      at: spec.get('maxReplicaCount'),
      found: `maxReplicaCount ${maxReplicas}${spec.get('maxReplicaCount').present ? '' : ' (the default)'}, for ${partitions} partitions`,
      why: alone
        ? `KEDA's own limit rounds: a lag just above ${partitions} × lagThreshold gives ${partitions + 1} replicas, of which one has no partition and only adds a rebalance`
        : 'the other triggers know no partitions: replicas without one do nothing and add a rebalance each',
      fix: `write maxReplicaCount: ${partitions}, add partitions, or say that it is meant: allowIdleConsumers: "true"`,
    }
  },
}
