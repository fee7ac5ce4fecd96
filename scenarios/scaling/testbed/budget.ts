import type { ClusterObject } from '../../../stacks/stack.ts'

/** A budget of ours: the pods that a workload's own selector selects may not be disturbed. */
export function budgetOf(deployment: string, selector: unknown): ClusterObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: `${deployment}-budget` },
    spec: { maxUnavailable: 0, selector },
  }
}

/** What the API server says where a budget is why, and not that it was not looked at yet. */
export const BY_BUDGET = /needs \d+ healthy pods/
