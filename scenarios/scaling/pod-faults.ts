import { until } from '../../core/until.ts'
import type { Bite } from '../window.ts'
import type { ScalingLaboratory } from './testbed/scaling-testbed.ts'

/** SIGKILL of the pod that runs; Kubernetes starts its container again. */
export const killPod: Bite<ScalingLaboratory> = {
  says: 'the pod is killed',
  instruments: ['kill'],
  // The group waits for a dead member until its session is over.
  needs: { expiry: true },
  async strike(lab) {
    const [pod = ''] = lab.pods
    await lab.instruments.strike('kill', pod, 'SIGKILL', async () =>
      (await lab.parts.namespace.killPod(pod))
        ? `the processes of pod ${pod} were ended with SIGKILL`
        : undefined,
    )
  },
  recover: (lab) => wellAgain(lab, 'kill'),
}

/** The pod is deleted, as in a scale-in or when a node is emptied: SIGTERM, its grace period, another one in its place. */
export const stopPod: Bite<ScalingLaboratory> = {
  says: 'the pod is told to stop',
  instruments: ['stop'],
  needs: {},
  async strike(lab) {
    const [pod = ''] = lab.pods
    await lab.instruments.strike('stop', pod, 'SIGTERM', async () => {
      await lab.parts.namespace.delete({ apiVersion: 'v1', kind: 'Pod', metadata: { name: pod } })
      const ending = () => lab.parts.cluster.of('Pod').get(pod)?.ending === true
      const { signal } = lab.parts
      await until(ending, { what: `pod ${pod} to end`, deadline: 10_000, every: 20, signal })
      return `pod ${pod} was deleted: SIGTERM`
    })
  },
  recover: (lab) => wellAgain(lab, 'stop'),
}

/** The bite is undone when a pod is ready, the same one or another. */
async function wellAgain(lab: ScalingLaboratory, fault: 'kill' | 'stop'): Promise<void> {
  const target = lab.history.all('fault.armed').findLast((armed) => armed.fault === fault)?.target ?? ''
  await lab.instruments.clear(fault, target, async () => {
    await lab.awake()
    return true
  })
}
