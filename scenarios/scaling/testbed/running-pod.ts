import { until } from '../../../core/until.ts'
import type { Targets } from '../../../faults/fault.ts'
import type { ScalingParts } from './scaling-parts.ts'

interface Workload {
  readonly parts: ScalingParts
  /** Pods that run and are not told to end. */
  readonly pods: readonly string[]
  awake(): Promise<void>
}

/** The pod that faults hurt: the first that runs. */
export function runningPod(workload: Workload): Targets['pod'] {
  const [name = ''] = workload.pods
  const { namespace, cluster, signal } = workload.parts
  return {
    name,
    kill: () => namespace.killPod(name),
    async end() {
      await namespace.delete({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })
      const ending = () => cluster.of('Pod').get(name)?.ending === true
      await until(ending, { what: `pod ${name} to end`, deadline: 10_000, every: 20, signal })
    },
    awake: () => workload.awake(),
  }
}
