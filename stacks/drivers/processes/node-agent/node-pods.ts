import type { V1Pod } from '@kubernetes/client-node'
import { PodRun, type PodSurroundings } from './pod-run.ts'

/** The pods of one node, kept as the API server says they should be. */
export class NodePods implements AsyncDisposable {
  readonly #around: PodSurroundings
  readonly #runs = new Map<string, PodRun>()
  #over = false

  constructor(around: PodSurroundings) {
    this.#around = around
  }

  get all(): readonly PodRun[] {
    return [...this.#runs.values()]
  }

  /** The newest one of this name. */
  named(namespace: string, name: string): PodRun | undefined {
    return this.all.findLast((run) => run.namespace === namespace && run.name === name)
  }

  /** There is such a pod, or it changed. */
  seen(pod: V1Pod): void {
    if (this.#over) return
    const { uid = '', name = '', namespace = 'default' } = pod.metadata ?? {}
    const known = this.#runs.get(uid)
    if (known) {
      known.update(pod)
      return
    }
    // Its predecessor was removed while the watch was broken, and nobody told.
    this.named(namespace, name)?.end(0)
    const { phase } = pod.status ?? {}
    const finished = phase === 'Succeeded' || phase === 'Failed'
    if (finished && !pod.metadata?.deletionTimestamp) return
    this.#begin(pod)
  }

  /** It was removed from the API server: what still runs of it ends at once. */
  removed(pod: V1Pod): void {
    const run = this.#runs.get(pod.metadata?.uid ?? '')
    run?.end(0)
    void run?.ended.then(() => this.#runs.delete(run.uid))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    await Promise.all(this.all.map((run) => run[Symbol.asyncDispose]()))
  }

  #begin(pod: V1Pod): void {
    const run = new PodRun(pod, this.#around)
    this.#runs.set(run.uid, run)
    // One that was deleted before it was seen starts nothing.
    run.update(pod)
    run.start()
  }
}
