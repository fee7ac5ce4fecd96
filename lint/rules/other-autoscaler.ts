import type { Rule } from '../rule.ts'
import { sameTarget, targetOf } from '../workload.ts'

/** A HorizontalPodAutoscaler written by hand beside the one that KEDA makes (verifyHpas of KEDA's webhook). */
export const otherAutoscaler: Rule = {
  name: 'other-autoscaler',
  *check({ target, spec, root, manifest }, { manifests }) {
    const annotations = root.get('metadata', 'annotations')
    const own = spec.get('advanced', 'horizontalPodAutoscalerConfig', 'name').text
    const transfers = annotations.get('scaledobject.keda.sh/transfer-hpa-ownership').text === 'true'
    for (const each of manifests) {
      if (each.kind !== 'HorizontalPodAutoscaler' || !sameTarget(targetOf(each), target)) continue
      const owners = each.root.get('metadata', 'ownerReferences').items()
      if (owners.some((owner) => owner.get('name').text === manifest.name)) continue
      if (transfers && own === each.name) continue
      yield {
        severity: 'error',
        at: spec.get('scaleTargetRef', 'name'),
        found: `HorizontalPodAutoscaler ${each.name} scales ${target.name} too (${each.file}:${each.root.line})`,
        why: "KEDA's webhook refuses the second one; without the webhook both set the replicas and undo each other",
        fix: `remove ${each.name}; what it measured can be a trigger here (type: cpu or memory)`,
      }
    }
  },
}
