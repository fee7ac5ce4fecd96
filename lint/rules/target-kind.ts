import { meant } from '../meant.ts'
import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'

/** What Kubernetes itself has in the group apps, and which of it can be scaled. */
const SCALABLE = ['Deployment', 'StatefulSet', 'ReplicaSet']
const FIXED = ['DaemonSet', 'ControllerRevision']

/** A target whose kind does not exist, or that has no number of replicas. Of other groups nothing is known. */
export const targetKind: Rule = {
  name: 'target-kind',
  text: {
    finds: 'a scaleTargetRef of a kind that does not exist, or that can not be scaled',
    keda: 'the webhook refuses a kind that the API server does not serve; KEDA scales only what has a scale subresource',
    source:
      'apis/keda/v1alpha1/gvkr.go, ParseGVKR; controllers/keda/scaledobject_controller.go, checkTargetResourceIsScalable',
    write: 'kind: Deployment or StatefulSet, with the apiVersion of another kind where it is one',
  },
  *check({ spec, target }) {
    const reference = spec.get('scaleTargetRef')
    const { apiVersion, kind } = target
    const written = reference.get('apiVersion')
    if (apiVersion.split('/').length > 2) {
      yield refused('webhook', written, `apiVersion ${apiVersion}`, 'write group/version, such as apps/v1')
    } else if (FIXED.includes(kind) && apiVersion === 'apps/v1') {
      yield {
        severity: 'error',
        at: reference.get('kind'),
        found: `the target is a ${kind}`,
        why: 'it has no number of replicas that could be set: the ScaledObject is never Ready',
        fix: 'name a Deployment or StatefulSet',
      }
    } else if (apiVersion === 'apps/v1' && !SCALABLE.includes(kind)) {
      const name = meant(kind, SCALABLE)
      yield refused(
        'webhook',
        reference.get('kind'),
        `apps/v1 has no kind ${kind}`,
        name === undefined || name === kind
          ? `write the apiVersion of ${kind}, beside kind`
          : `write kind: ${name}`,
      )
    }
  },
}
