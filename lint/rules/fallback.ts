import { kafkaTriggers, partitionsOf } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/**
 * D7. What happens while KEDA can't read the lag (RequestScale of scale_scaledobjects.go, fallback.go). A broker that
 * it can't reach at all leaves it without a scaler, and it decides nothing; one that refuses its questions is an error
 * that the fallback answers.
 */
export const fallback: Rule = {
  name: 'fallback',
  *check(object, scope) {
    const field = object.spec.get('fallback')
    const replicas = field.get('replicas')
    if (!field.present || typeof replicas.value !== 'number') return
    const partitions = kafkaTriggers(object)
      .map((trigger) => partitionsOf(trigger, scope) ?? Number.POSITIVE_INFINITY)
      .reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY)
    const most = Math.min(object.maxReplicas, partitions)
    if (replicas.value === 0 && object.fromZero) {
      yield {
        severity: 'warning',
        at: replicas,
        found: 'fallback.replicas is 0',
        why: 'where the broker is there and refuses KEDA’s question, this is taken as no work: consumers that are working are brought to zero after the cooldown, and the failure looks like rest',
        fix: 'remove fallback (KEDA then leaves the replicas as they are), or write behavior: currentReplicas with replicas: 1 or more',
      }
    } else if (replicas.value >= most && most > 1) {
      yield {
        severity: 'warning',
        at: replicas,
        found: `fallback.replicas ${replicas.value}, with at most ${most} replicas of use`,
        why: 'a broker that KEDA can not ask looks like a full load: the outage hides behind replicas that have nothing to do',
        fix: `write fewer than ${most}, and an alert on the ScaledObject's Fallback condition`,
      }
    }
  },
}
