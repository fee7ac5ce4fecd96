import { consumerOf, kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/**
 * D8, D12. KEDA takes for idle whose lag is not above activationLagThreshold, and goes to zero once that lasted for the
 * cooldown, whatever is under way. A consumer that commits after its effect shows its work as lag: it is cut off only
 * where so little may wait, and has its grace period then (see grace-period).
 */
export const cooldown: Rule = {
  name: 'cooldown',
  text: {
    finds:
      'a cooldown shorter than the longest work (a warning: who commits after the effect shows work as lag, above the activation threshold); one that has no effect',
    keda: 'it counts from the last time that a trigger was active, and governs the step to zero only; the webhook warns of one without effect',
    source:
      'pkg/scaling/executor/scale_scaledobjects.go, scaleToZeroOrIdle; apis/keda/v1alpha1/scaledobject_webhook.go, verifyScaledObjects',
    write: 'as many seconds as the slowest event takes, or more',
    failure: 'D8, D12',
  },
  *check(object, { context }) {
    const { spec, cooldownPeriod, minReplicas, idleReplicas } = object
    const field = spec.get('cooldownPeriod')
    if (minReplicas > 0 && idleReplicas === undefined) {
      if (!field.present) return
      yield {
        severity: 'warning',
        at: field,
        found: `cooldownPeriod ${cooldownPeriod} with minReplicaCount ${minReplicas}`,
        why: "it governs only the last step to zero; between 1 and n the autoscaler's stabilizationWindowSeconds does (300 s by default)",
        fix: 'remove it, or set advanced.horizontalPodAutoscalerConfig.behavior.scaleDown',
      }
      return
    }
    for (const trigger of kafkaTriggers(object)) {
      const { longestWork = 0, name } = consumerOf(trigger, object, context) ?? {}
      if (cooldownPeriod * 1000 >= longestWork) continue
      const seconds = Math.ceil(longestWork / 1000)
      yield {
        severity: 'warning',
        at: field,
        found: `cooldownPeriod ${cooldownPeriod} s, while one event takes ${name} up to ${seconds} s`,
        why: `${uncounted(trigger.activationLagThreshold)} for KEDA; zero replicas then end work that is under way`,
        fix: `write cooldownPeriod: ${seconds} or more, and commit only after the effect is durable`,
      }
      return
    }
  },
}

function uncounted(threshold: number): string {
  const early = 'events whose offset is committed before their effect are done'
  if (threshold === 0) return early
  return `${early}, and the last ${threshold === 1 ? 'one' : threshold} count as nothing to do,`
}
