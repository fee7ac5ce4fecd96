import { kafkaTriggers } from '../kafka-trigger.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { Trigger } from '../trigger.ts'

/** Values that are fine alone and refused together, or out of range (`Validate` of kafka_scaler.go). */
export const kafkaSettings: Rule = {
  name: 'kafka-settings',
  *check(object) {
    for (const trigger of kafkaTriggers(object)) {
      const { lagThreshold, activationLagThreshold } = trigger
      if (lagThreshold <= 0)
        yield refused(trigger, 'lagThreshold', `lagThreshold is ${lagThreshold}`, 'write "1" or more')
      if (activationLagThreshold < 0)
        yield refused(
          trigger,
          'activationLagThreshold',
          `activationLagThreshold is ${activationLagThreshold}`,
          'write "0" or more',
        )
      for (const [one, other] of EXCLUSIVE) {
        if (!trigger.flag(one) || !trigger.flag(other)) continue
        yield refused(trigger, other, `${one} and ${other} are both true`, 'keep one of them')
      }
      for (const key of NEED_TOPIC) {
        if (trigger.flag(key) && !trigger.setting('topic').given)
          yield refused(trigger, key, `${key} without a topic`, 'name the topic')
      }
    }
  },
}

const EXCLUSIVE = [
  ['allowIdleConsumers', 'limitToPartitionsWithLag'],
  ['limitToPartitionsWithLag', 'ensureEvenDistributionOfPartitions'],
] as const
const NEED_TOPIC = ['limitToPartitionsWithLag', 'ensureEvenDistributionOfPartitions'] as const

function refused(trigger: Trigger, key: string, found: string, fix: string): Complaint {
  const why = 'KEDA can make no scaler of it; the ScaledObject is not Ready and scales nothing'
  return { severity: 'error', at: trigger.setting(key).at, found, why, fix }
}
