import { committed, kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/** D2. No committed offset, so no lag, so no consumer, so no committed offset. */
export const zeroOnInvalidOffset: Rule = {
  name: 'zero-on-invalid-offset',
  text: {
    finds: '`scaleToZeroOnInvalidOffset`, from zero',
    keda: 'a partition without a committed offset counts 0, under either policy',
    source: 'pkg/scalers/kafka_scaler.go, getLagForPartition',
    write: 'nothing, with `offsetResetPolicy: earliest`',
    failure: 'D2',
  },
  *check(object, scope) {
    for (const trigger of kafkaTriggers(object)) {
      if (!trigger.flag('scaleToZeroOnInvalidOffset') || !object.fromZero) continue
      const seen = committed(trigger, scope)
      yield {
        severity: seen === true ? 'warning' : 'error',
        at: trigger.setting('scaleToZeroOnInvalidOffset').at,
        found: 'scaleToZeroOnInvalidOffset, from zero replicas',
        why: `a partition without a committed offset counts 0, under either offsetResetPolicy: the first event wakes nobody, and nobody ever commits${
          seen === true ? ' (committed offsets were seen, but a group at rest loses them in time)' : ''
        }`,
        fix: 'remove it, and write offsetResetPolicy: earliest',
      }
    }
  },
}
