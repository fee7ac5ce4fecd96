import { kafkaTriggers, partitionsOf } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'
import type { Trigger } from '../trigger.ts'

/**
 * D11. More consumers than partitions are idle. KEDA caps what the lag asks for, but not what anybody else does; and
 * its own limit lets one more through: it cuts only where `totalLag / lagThreshold > partitions` in whole numbers, and
 * the autoscaler rounds up (5 replicas for 4 were seen).
 */
export const capAbovePartitions: Rule = {
  name: 'cap-above-partitions',
  text: {
    finds:
      'a minimum above the partitions; `maxReplicaCount`, or its default 100, above them: a warning where only the lag asks for replicas, for KEDA caps that itself; not with `allowIdleConsumers` or `limitToPartitionsWithLag`',
    keda: 'it caps what the lag asks for in whole numbers (one replica more can come through), and nothing that other triggers or the minimum ask for',
    source: 'pkg/scalers/kafka_scaler.go, getTotalLag',
    write: 'at most as many replicas as partitions',
    failure: 'D11',
  },
  *check(object, scope) {
    const kafka = kafkaTriggers(object)
    const counts = kafka.map((trigger) => partitionsOf(trigger, scope))
    if (kafka.length === 0 || counts.includes(undefined)) return
    if (kafka.some((each) => each.flag('allowIdleConsumers') || each.flag('limitToPartitionsWithLag'))) return
    const partitions = counts.reduce<number>((most, each) => Math.max(most, each ?? 0), 0)
    const { minReplicas, maxReplicas, spec, triggers } = object
    if (minReplicas > partitions && minReplicas <= maxReplicas) {
      yield {
        severity: 'error',
        at: spec.get('minReplicaCount'),
        found: `minReplicaCount ${minReplicas}, for ${partitions} partitions`,
        why: 'as soon as one replica is needed so many run, and those without a partition do nothing and add a rebalance each',
        fix: `write minReplicaCount: ${partitions} or less, or add partitions`,
      }
      return
    }
    if (maxReplicas <= partitions) return
    const alone = triggers.every((trigger) => isKafka(trigger) || asksForNoMore(trigger, partitions))
    yield {
      severity: alone ? 'warning' : 'error',
      at: spec.get('maxReplicaCount'),
      found: `maxReplicaCount ${maxReplicas}${spec.get('maxReplicaCount').present ? '' : ' (the default)'}, for ${partitions} partitions`,
      why: alone
        ? `KEDA's own limit rounds: a lag just above ${partitions} × lagThreshold gives ${partitions + 1} replicas, of which one has no partition and only adds a rebalance`
        : 'the other triggers know no partitions: replicas without one do nothing and add a rebalance each',
      fix: `write maxReplicaCount: ${partitions}, add partitions, or say that it is meant: allowIdleConsumers: "true"`,
    }
  },
}

function isKafka({ type }: Trigger): boolean {
  return type === 'kafka' || type === 'apache-kafka'
}

/** A schedule says itself how many it asks for. */
function asksForNoMore(trigger: Trigger, partitions: number): boolean {
  return trigger.type === 'cron' && trigger.whole('desiredReplicas', 1) <= partitions
}
