import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'
import { sameTarget, targetOf } from '../workload.ts'

const NOT_LOOKED_AT = 'validations.keda.sh/hpa-ownership'

/** A HorizontalPodAutoscaler written by hand beside the one that KEDA makes (verifyHpas of KEDA's webhook). */
export const otherAutoscaler: Rule = {
  name: 'other-autoscaler',
  text: {
    finds: 'a HorizontalPodAutoscaler by hand on the same target',
    keda: 'the webhook refuses the ScaledObject',
    source: 'apis/keda/v1alpha1/scaledobject_webhook.go, verifyHpas',
    write: 'one of the two; what the other one measured can be a trigger',
  },
  *check({ target, spec, root, manifest }, { manifests }) {
    const annotations = root.get('metadata', 'annotations')
    const own = spec.get('advanced', 'horizontalPodAutoscalerConfig', 'name').text
    const transfers = annotations.get('scaledobject.keda.sh/transfer-hpa-ownership').text === 'true'
    for (const each of manifests.ofKind('HorizontalPodAutoscaler')) {
      if (!sameTarget(targetOf(each), target)) continue
      // What a team that knows it writes on its autoscaler.
      if (each.root.get('metadata', 'annotations').get(NOT_LOOKED_AT).text === 'false') continue
      const owners = each.root.get('metadata', 'ownerReferences').items()
      if (
        owners.some(
          (owner) => owner.get('kind').text === 'ScaledObject' && owner.get('name').text === manifest.name,
        )
      )
        continue
      if (transfers && own === each.name) continue
      yield refused(
        'webhook',
        spec.get('scaleTargetRef', 'name'),
        `HorizontalPodAutoscaler ${each.name} scales ${target.name} too (${each.file}:${each.root.line})`,
        transfers
          ? `write advanced.horizontalPodAutoscalerConfig.name: ${each.name}, to hand it over`
          : `remove ${each.name}; what it measured can be a trigger here (type: cpu or memory)`,
        'both would set the replicas and undo each other',
      )
    }
  },
}
