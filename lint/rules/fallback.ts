import { kafkaTriggers, partitionsOf } from '../kafka-trigger.ts'
import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { ScaledObject } from '../scaled-object.ts'
import { isResource } from './metric-type.ts'

/**
 * D7. What happens while KEDA can't read the lag (RequestScale of scale_scaledobjects.go, fallback.go). A broker that
 * it can't reach at all leaves it without a scaler, and it decides nothing; one that refuses its questions is an error
 * that the fallback answers.
 */
export const fallback: Rule = {
  name: 'fallback',
  text: {
    finds:
      'a fallback that nothing can use: cpu and memory alone, scalingModifiers without a formula; a fallback to 0, which stops consumers where KEDA’s question fails; a fallback to all',
    keda: 'the webhook refuses the first two. The replicas of a fallback stand in for a lag that could not be read',
    source:
      'apis/keda/v1alpha1/scaledobject_types.go, CheckFallbackValid; scaledobject_webhook.go, verifyScaledObjects; pkg/fallback/fallback.go',
    write:
      'no fallback (the replicas then stay as they are), or behavior: currentReplicas with replicas: 1 or more',
    failure: 'D7',
  },
  *check(object, scope) {
    const field = object.spec.get('fallback')
    if (field.kind !== 'mapping') return
    yield* useless(object)
    const replicas = field.get('replicas')
    if (typeof replicas.value !== 'number') return
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

function* useless({ spec, triggers, modifiers }: ScaledObject): Iterable<Complaint> {
  const field = spec.get('fallback')
  if (!modifiers.used && triggers.length > 0 && triggers.every(isResource)) {
    yield refused(
      'webhook',
      field,
      `a fallback of ${triggers.map(({ type }) => type).join(' and ')} alone`,
      'remove it, or add a trigger of another type',
      'the autoscaler reads cpu and memory itself, KEDA has nothing to fall back from',
    )
  }
  const behavior = field.get('behavior')
  if (behavior.value === 'scalingModifiers' && modifiers.formula === '') {
    yield refused(
      'webhook',
      behavior,
      'fallback.behavior scalingModifiers without advanced.scalingModifiers.formula',
      'write the formula and its target, or another behavior',
    )
  }
}
