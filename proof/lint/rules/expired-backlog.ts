import { committed, kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/** D3. With `earliest` a partition without a committed offset counts its end offset, expired events included. */
export const expiredBacklog: Rule = {
  name: 'expired-backlog',
  *check(object, scope) {
    for (const trigger of kafkaTriggers(object)) {
      const expired = scope.context.observed?.topics?.[trigger.topic ?? '']?.expired ?? 0
      if (trigger.offsetResetPolicy !== 'earliest' || expired === 0) continue
      if (trigger.flag('scaleToZeroOnInvalidOffset') || committed(trigger, scope) === true) continue
      yield {
        severity: expired > trigger.activationLagThreshold ? 'error' : 'warning',
        at: trigger.setting('offsetResetPolicy').at,
        found: `earliest, with ${expired} expired events on "${trigger.topic}" and partitions without a committed offset`,
        why: 'KEDA counts from offset 0: lag that no consumer can work off keeps replicas up until the first commit on each partition',
        fix: `commit the group's start offsets before it is scaled: kafka-consumer-groups --reset-offsets --to-earliest --group ${trigger.group ?? '…'} --topic ${trigger.topic} --execute`,
      }
    }
  },
}
