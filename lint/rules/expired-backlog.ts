import { committed, kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/**
 * D3. Under `earliest`, KEDA before 2.21 counts a partition without a committed offset by its end offset, expired
 * events included. 2.21 subtracts the start offset (getLagForPartition of both Kafka scalers).
 */
export const expiredBacklog: Rule = {
  name: 'expired-backlog',
  text: {
    finds:
      '`earliest` over expired events, before the group’s first commit, with KEDA before 2.21 (needs a look at the broker)',
    keda: 'before 2.21 it counts from offset 0; 2.21 subtracts the first offset that is left',
    source: 'pkg/scalers/kafka_scaler.go, getLagForPartition',
    write: 'KEDA 2.21, or a first commit at the start offsets',
    failure: 'D3',
  },
  *check(object, scope) {
    const { observed, keda } = scope.context
    if (keda !== undefined && !isBefore221(keda)) return
    for (const trigger of kafkaTriggers(object)) {
      const expired = observed?.topics?.[trigger.topic ?? '']?.expired ?? 0
      if (trigger.offsetResetPolicy !== 'earliest' || expired === 0) continue
      if (trigger.flag('scaleToZeroOnInvalidOffset') || committed(trigger, scope) === true) continue
      yield {
        severity: keda !== undefined && expired > trigger.activationLagThreshold ? 'error' : 'warning',
        at: trigger.setting('offsetResetPolicy').at,
        found: `earliest, with ${expired} expired events on "${trigger.topic}" and partitions without a committed offset`,
        why: `KEDA ${keda ?? 'before 2.21'} counts from offset 0: lag that no consumer can work off keeps replicas up until the first commit on each partition`,
        fix: `use KEDA 2.21, or commit the group's start offsets first: kafka-consumer-groups --reset-offsets --to-earliest --group ${trigger.group ?? '…'} --topic ${trigger.topic} --execute`,
      }
    }
  },
}

function isBefore221(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major < 2 || (major === 2 && minor < 21)
}
