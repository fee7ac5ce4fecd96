import './pod-killed.ts'
import { fault } from './fault.ts'

/** The pod is deleted, as in a scale-in or when a node is emptied: SIGTERM, its grace period, another one in its place. */
export const podStopped = fault({
  id: 'stop',
  phrase: 'the pod is told to stop',
  target: 'pod',
  needs: {},
  inject: (pod, log) =>
    log.inject('stop', pod.name, 'SIGTERM', async () => {
      await pod.end()
      return `pod ${pod.name} was deleted: SIGTERM`
    }),
  heal: (pod, log) => log.healLast('stop', () => pod.awake()),
})
