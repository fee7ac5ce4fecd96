import './pod-killed.ts'
import { fault } from './fault.ts'

/** What an upgrade of nodes does to each pod: it asks, and where no budget refuses it the pod is told to end. */
export const podEvicted = fault({
  id: 'evict-pod',
  phrase: 'the pod is evicted',
  target: 'pod',
  needs: { capabilities: ['evict-pod'] },
  inject: (pod, log) =>
    log.inject('evict-pod', pod.name, 'eviction', async () => {
      const refused = await pod.evict()
      return refused === undefined ? `pod ${pod.name} was evicted: SIGTERM` : undefined
    }),
  heal: (pod, log) => log.healLast('evict-pod', () => pod.awake()),
})
