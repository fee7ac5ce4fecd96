import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'

/**
 * Bounds that contradict each other. KEDA takes a minimum of 0 that is written for 1 here, so that an idle count of 0
 * beside it is fine; without minReplicaCount it is compared with 0, and is not.
 */
export const replicaBounds: Rule = {
  name: 'replica-bounds',
  text: {
    finds: 'a minimum above the maximum, an idle count that is not below the minimum',
    keda: 'the API server refuses the first, the webhook the second. A minReplicaCount of 0 that is written counts as 1 there: an idleReplicaCount of 0 is fine beside it',
    source: 'apis/keda/v1alpha1/scaledobject_types.go, CheckReplicaCountBoundsAreValid',
    write: 'idleReplicaCount: 0 and a minReplicaCount above it, or no idleReplicaCount',
  },
  *check({ spec, minReplicas, maxReplicas, idleReplicas }) {
    const minimum = spec.get('minReplicaCount')
    if (minReplicas > maxReplicas) {
      yield refused(
        'api-server',
        minimum,
        `minReplicaCount ${minReplicas} is above maxReplicaCount ${maxReplicas}`,
        `lower minReplicaCount, or raise maxReplicaCount to ${minReplicas} or more`,
      )
    }
    if (idleReplicas === undefined) return
    const compared = minimum.present ? Math.max(1, minReplicas) : 0
    if (idleReplicas < compared) return
    yield refused(
      'webhook',
      spec.get('idleReplicaCount'),
      `idleReplicaCount ${idleReplicas} is not below minReplicaCount ${minReplicas}`,
      minimum.present ? 'write idleReplicaCount: 0' : 'remove idleReplicaCount: the minimum is zero already',
    )
  },
}
