import './pod-killed.ts'
import { fault } from './fault.ts'

/** The kernel ends the pod's process because the container's limit is reached; Kubernetes starts the container again. */
export const podOutOfMemory = fault({
  id: 'out-of-memory',
  phrase: 'the pod runs out of memory',
  target: 'pod',
  // As one that is killed: the group waits for a dead member until its session is over.
  needs: { capabilities: ['limit-memory'], expiry: true, memoryLimit: true },
  inject: (pod, log) => log.inject('out-of-memory', pod.name, 'its memory is used up', () => pod.exhaust()),
  heal: (pod, log) => log.healLast('out-of-memory', () => pod.awake()),
})
