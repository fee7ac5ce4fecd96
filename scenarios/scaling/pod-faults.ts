import { until } from '../../core/until.ts'
import type { Fault } from '../window.ts'
import type { ScalingTestbed } from './testbed/scaling-testbed.ts'

/** SIGKILL of the pod that runs; Kubernetes starts its container again. */
export const killPod: Fault<ScalingTestbed> = {
  says: 'the pod is killed',
  faults: ['kill'],
  // The group waits for a dead member until its session is over.
  needs: { expiry: true },
  async inject(testbed) {
    const [pod = ''] = testbed.pods
    await testbed.faults.inject('kill', pod, 'SIGKILL', async () =>
      (await testbed.parts.namespace.killPod(pod))
        ? `the processes of pod ${pod} were ended with SIGKILL`
        : undefined,
    )
  },
  heal: (testbed) => wellAgain(testbed, 'kill'),
}

/** The pod is deleted, as in a scale-in or when a node is emptied: SIGTERM, its grace period, another one in its place. */
export const stopPod: Fault<ScalingTestbed> = {
  says: 'the pod is told to stop',
  faults: ['stop'],
  needs: {},
  async inject(testbed) {
    const [pod = ''] = testbed.pods
    await testbed.faults.inject('stop', pod, 'SIGTERM', async () => {
      await testbed.parts.namespace.delete({ apiVersion: 'v1', kind: 'Pod', metadata: { name: pod } })
      const ending = () => testbed.parts.cluster.of('Pod').get(pod)?.ending === true
      const { signal } = testbed.parts
      await until(ending, { what: `pod ${pod} to end`, deadline: 10_000, every: 20, signal })
      return `pod ${pod} was deleted: SIGTERM`
    })
  },
  heal: (testbed) => wellAgain(testbed, 'stop'),
}

/** The fault is undone when a pod is ready, the same one or another. */
async function wellAgain(testbed: ScalingTestbed, fault: 'kill' | 'stop'): Promise<void> {
  const target =
    testbed.history.all('fault.injected').findLast((armed) => armed.fault === fault)?.target ?? ''
  await testbed.faults.heal(fault, target, async () => {
    await testbed.awake()
    return true
  })
}
