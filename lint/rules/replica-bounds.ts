import type { Rule } from '../rule.ts'

/** Bounds that contradict each other (CheckReplicaCountBoundsAreValid of scaledobject_types.go). */
export const replicaBounds: Rule = {
  name: 'replica-bounds',
  *check({ spec, minReplicas, maxReplicas, idleReplicas }) {
    const why = 'KEDA refuses the ScaledObject: nothing is scaled'
    if (minReplicas > maxReplicas) {
      yield {
        severity: 'error',
        at: spec.get('minReplicaCount'),
        found: `minReplicaCount ${minReplicas} is above maxReplicaCount ${maxReplicas}`,
        why,
        fix: `lower minReplicaCount, or raise maxReplicaCount to ${minReplicas} or more`,
      }
    }
    if (idleReplicas !== undefined && idleReplicas >= minReplicas) {
      yield {
        severity: 'error',
        at: spec.get('idleReplicaCount'),
        found: `idleReplicaCount ${idleReplicas} is not below minReplicaCount ${minReplicas}`,
        why,
        fix:
          minReplicas === 0
            ? 'remove idleReplicaCount: the minimum is zero already'
            : 'write idleReplicaCount: 0',
      }
    }
  },
}
