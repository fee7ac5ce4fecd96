import { constants } from 'node:os'
import type { V1Container, V1ContainerState, V1ContainerStatus } from '@kubernetes/client-node'
import type { Exit } from '../../../../core/child-process.ts'

/** How one process of a container ended. */
export interface Ended {
  readonly exitCode: number
  readonly reason: 'Completed' | 'Error' | 'StartError'
  /** Its last words, when it failed. */
  readonly message?: string
  readonly pid?: number
  readonly startedAt: Date
  readonly finishedAt: Date
}

export type ContainerState =
  | { readonly is: 'waiting'; readonly reason: string; readonly message?: string }
  | {
      readonly is: 'running'
      readonly pid: number
      readonly startedAt: Date
      /** Its startup probe passed, or there is none. */
      readonly started: boolean
      readonly ready: boolean
    }
  | { readonly is: 'terminated'; readonly ended: Ended }

export interface ContainerRecord {
  readonly state: ContainerState
  /** Starts after the first. */
  readonly restarts: number
  /** How the process before this state ended. */
  readonly last?: Ended
}

export const CREATING: ContainerRecord = {
  state: { is: 'waiting', reason: 'ContainerCreating' },
  restarts: 0,
}

/** 128 + the signal's number for a process that a signal ended, as a shell and a container runtime say it. */
export function exitCode({ code, signal }: Exit): number {
  return code ?? 128 + (signal ? constants.signals[signal] : 0)
}

export function containerStatus(container: V1Container, record: ContainerRecord): V1ContainerStatus {
  const { state, restarts, last } = record
  const pid = state.is === 'running' ? state.pid : state.is === 'terminated' ? state.ended.pid : last?.pid
  return {
    name: container.name,
    image: container.image ?? '',
    imageID: state.is === 'waiting' && !last ? '' : `process://${container.image}`,
    ...(pid === undefined ? {} : { containerID: `process://${pid}` }),
    restartCount: restarts,
    started: state.is === 'running' && state.started,
    ready: state.is === 'running' && state.ready,
    state: stateOf(state),
    ...(last ? { lastState: terminated(last) } : {}),
  }
}

function stateOf(state: ContainerState): V1ContainerState {
  if (state.is === 'running') return { running: { startedAt: state.startedAt } }
  if (state.is === 'terminated') return terminated(state.ended)
  const { reason, message } = state
  return { waiting: { reason, ...(message ? { message } : {}) } }
}

function terminated({ exitCode, reason, message, pid, startedAt, finishedAt }: Ended): V1ContainerState {
  return {
    terminated: {
      exitCode,
      reason,
      startedAt,
      finishedAt,
      ...(message ? { message } : {}),
      ...(pid === undefined ? {} : { containerID: `process://${pid}` }),
    },
  }
}
