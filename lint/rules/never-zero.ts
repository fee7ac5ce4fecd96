import { consumerOf, kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/** A consumer that is said to cost nothing at rest, and a ScaledObject that keeps it running. */
export const neverZero: Rule = {
  name: 'never-zero',
  text: {
    finds: 'a minimum above zero where zero is claimed (`scaling` names the consumer)',
    keda: 'it never goes below the minimum, or the idle count',
    source: 'pkg/scaling/executor/scale_scaledobjects.go, RequestScale',
    write: '`minReplicaCount: 0`, or `idleReplicaCount: 0`',
  },
  *check(object, { context }) {
    const consumers = kafkaTriggers(object).map((trigger) => consumerOf(trigger, object, context))
    const claimed = consumers.find((each) => each?.scaleToZero === true)
    if (claimed === undefined || object.fromZero) return
    const field = object.idleReplicas === undefined ? 'minReplicaCount' : 'idleReplicaCount'
    yield {
      severity: 'error',
      at: object.spec.get(field),
      found: `${field} ${object.idleReplicas ?? object.minReplicas}, while ${claimed.name} is said to scale to zero`,
      why: 'KEDA never goes below it: there are replicas without work',
      fix: 'write minReplicaCount: 0 (or idleReplicaCount: 0 to go from zero straight to the minimum)',
    }
  },
}
