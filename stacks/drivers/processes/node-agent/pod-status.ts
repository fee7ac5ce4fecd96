import type { V1Pod, V1PodCondition, V1PodStatus } from '@kubernetes/client-node'
import type { RestartPolicy } from './back-off.ts'
import { type ContainerRecord, containerStatus } from './container-state.ts'
import { LOOPBACK } from './downward.ts'

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed'

export function policyOf(pod: V1Pod): RestartPolicy {
  return (pod.spec?.restartPolicy ?? 'Always') as RestartPolicy
}

/**
 * The phase, by a kubelet's rules: Pending until each container was started once, Running while one runs or will be
 * started again, else Succeeded or Failed.
 * @param ending the pod was deleted: nothing will be started again
 */
export function phaseOf(records: readonly ContainerRecord[], policy: RestartPolicy, ending: boolean): Phase {
  const states = records.map(({ state }) => state)
  const ended = records.map(({ state, last }) => (state.is === 'terminated' ? state.ended : last))
  if (!ending && records.some(({ state, last }) => state.is === 'waiting' && !last)) return 'Pending'
  if (states.some(({ is }) => is === 'running')) return 'Running'
  const failed = ended.some((end) => end?.exitCode !== 0)
  if (ending || policy === 'Never') return failed ? 'Failed' : 'Succeeded'
  if (policy === 'Always') return 'Running'
  return failed || states.some(({ is }) => is === 'waiting') ? 'Running' : 'Succeeded'
}

export interface PodFacts {
  readonly pod: V1Pod
  /** In the order of the pod's containers. */
  readonly records: readonly ContainerRecord[]
  readonly ending: boolean
  readonly startTime: Date
  readonly now: Date
}

/** The status that controllers and `kubectl get pods` read. Of what was reported before, only condition times count. */
export function podStatus(facts: PodFacts, before?: V1PodStatus): V1PodStatus {
  const { pod, records, ending, startTime, now } = facts
  const containers = pod.spec?.containers ?? []
  const statuses = containers.flatMap((container, i) => {
    const record = records[i]
    return record ? [containerStatus(container, record)] : []
  })
  const phase = phaseOf(records, policyOf(pod), ending)
  const done = phase === 'Succeeded' ? 'PodCompleted' : phase === 'Failed' ? 'PodFailed' : undefined
  const unready = statuses.filter(({ ready }) => !ready).map(({ name }) => name)
  const gates = (pod.spec?.readinessGates ?? []).map(({ conditionType }) => conditionType)
  const shut = gates.filter((gate) => !isTrue(pod.status, gate))
  const why =
    unready.length > 0
      ? {
          reason: done ?? 'ContainersNotReady',
          message: `containers with unready status: [${unready.join(' ')}]`,
        }
      : undefined
  const gated =
    shut.length > 0
      ? { reason: 'ReadinessGatesNotReady', message: `not true: ${shut.join(', ')}` }
      : undefined
  const condition = (type: string, not?: { reason: string; message: string }): V1PodCondition => {
    const status = not ? 'False' : 'True'
    const known = before?.conditions?.find((each) => each.type === type)
    const since = known?.status === status ? known.lastTransitionTime : undefined
    // Empty words, because a patch that only leaves the old ones out would keep them.
    return { type, status, lastTransitionTime: since ?? now, ...(not ?? { reason: '', message: '' }) }
  }
  return {
    phase,
    hostIP: LOOPBACK,
    podIP: LOOPBACK,
    podIPs: [{ ip: LOOPBACK }],
    startTime,
    containerStatuses: statuses,
    conditions: [
      condition('PodReadyToStartContainers'),
      condition('Initialized'),
      condition('ContainersReady', why),
      condition('Ready', why ?? gated),
    ],
  }
}

function isTrue(status: V1PodStatus | undefined, type: string): boolean {
  return status?.conditions?.find((each) => each.type === type)?.status === 'True'
}
