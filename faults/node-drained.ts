import './pod-killed.ts'
import { fault } from './fault.ts'

/** The pod's node takes no more pods and its own are evicted: the next one starts on another node. */
export const nodeDrained = fault({
  id: 'drain-node',
  phrase: 'the node of the pod is drained',
  target: 'pod',
  needs: { capabilities: ['drain-node'] },
  inject: (pod, log) =>
    log.inject('drain-node', pod.name, 'its node is cordoned and emptied', () => pod.drain()),
  async heal(pod, log) {
    await log.healLast('drain-node', async () => {
      // Another pod is ready before its node would be taken again.
      await pod.awake().finally(() => pod.refill())
    })
  },
})
