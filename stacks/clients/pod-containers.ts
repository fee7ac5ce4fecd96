import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import type { PodEvent } from '../stack.ts'

/** A container of a pod as its kubelet told it last. */
interface Known {
  readonly ready: boolean
  readonly over: boolean
}

/** What a kubelet tells of the containers of pods, as what happened to them, each once. */
export class PodContainers {
  readonly #known = new Map<string, Known>()
  readonly #tell: (event: PodEvent) => void

  constructor(tell: (event: PodEvent) => void) {
    this.#tell = tell
  }

  seen(pod: V1Pod): void {
    for (const status of pod.status?.containerStatuses ?? []) {
      const { lastState, state, containerID } = status
      this.#ended(pod, lastState?.terminated)
      if (state?.running !== undefined) this.#runs(pod, status)
      this.#ended(pod, state?.terminated, containerID)
    }
  }

  /** Nothing more will be told of it: what ran is over, and how it ended was not seen. */
  gone(pod: V1Pod): void {
    for (const { containerID } of pod.status?.containerStatuses ?? []) {
      const known = this.#known.get(containerID ?? '')
      if (known && !known.over) this.#over(pod, containerID ?? '', {})
    }
  }

  #runs(pod: V1Pod, { containerID = '', ready }: V1ContainerStatus): void {
    const before = this.#known.get(containerID)
    const told = { pod: nameOf(pod), id: idOf(containerID) }
    if (before === undefined) this.#tell({ event: 'started', ...told })
    if (ready && !before?.ready) this.#tell({ event: 'ready', ...told })
    this.#known.set(containerID, { ready, over: false })
  }

  #ended(
    pod: V1Pod,
    terminated: NonNullable<V1ContainerStatus['state']>['terminated'],
    containerID = terminated?.containerID ?? '',
  ): void {
    if (terminated === undefined || containerID === '' || this.#known.get(containerID)?.over) return
    if (!this.#known.has(containerID))
      this.#tell({ event: 'started', pod: nameOf(pod), id: idOf(containerID) })
    this.#over(pod, containerID, exitOf(terminated.exitCode))
  }

  #over(pod: V1Pod, containerID: string, how: Pick<PodEvent, 'code' | 'signal'>): void {
    this.#known.set(containerID, { ready: false, over: true })
    this.#tell({ event: 'exited', pod: nameOf(pod), id: idOf(containerID), ...how })
  }
}

/** containerd tells a process that a signal ended as a shell does. */
function exitOf(code: number): Pick<PodEvent, 'code' | 'signal'> {
  if (code === 137) return { code: null, signal: 'SIGKILL' }
  if (code === 143) return { code: null, signal: 'SIGTERM' }
  return { code, signal: null }
}

/** As evidence has it: `container 3f2a91…`. */
export function idOf(containerID: string): string {
  return `container ${bareId(containerID).slice(0, 12)}`
}

/** Without the name of the runtime in front. */
export function bareId(containerID: string): string {
  return containerID.replace(/^.*:\/\//, '')
}

function nameOf(pod: V1Pod): string {
  return pod.metadata?.name ?? ''
}
