import { consumerOf, kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

const KUBERNETES_DEFAULT = 30

/** D8. Every scale-in ends pods: SIGTERM, then SIGKILL once the grace period is over. No cooldown holds that up. */
export const gracePeriod: Rule = {
  name: 'grace-period',
  text: {
    finds: 'pods killed before the longest work is over',
    keda: 'each scale-in ends pods, and asks nobody',
    source: 'Kubernetes: terminationGracePeriodSeconds of the pod template',
    write: 'a grace period as long as the longest work, or longer',
    failure: 'D8',
  },
  *check(object, { context }) {
    const pod = object.workload?.root.get('spec', 'template', 'spec')
    if (pod === undefined) return
    const written = pod.get('terminationGracePeriodSeconds').value
    const grace = typeof written === 'number' ? written : KUBERNETES_DEFAULT
    const consumers = kafkaTriggers(object).map((trigger) => consumerOf(trigger, object, context))
    const slowest = consumers.reduce((most, each) => Math.max(most, each?.longestWork ?? 0), 0)
    if (grace * 1000 >= slowest) return
    const seconds = Math.ceil(slowest / 1000)
    yield {
      severity: 'error',
      at: object.spec.get('scaleTargetRef', 'name'),
      found: `${object.target.kind} ${object.target.name} is killed ${grace} s after SIGTERM, while one event takes up to ${seconds} s`,
      why: 'each scale-in, also from 3 to 2, ends pods; work that outlasts the grace period is cut off in the middle',
      fix: `write terminationGracePeriodSeconds: ${seconds} or more in its pod template`,
    }
  },
}
