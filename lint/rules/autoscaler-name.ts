import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'

/** Two ScaledObjects of one namespace whose autoscalers would have one name. Said of the second one. */
export const autoscalerName: Rule = {
  name: 'autoscaler-name',
  text: {
    finds: 'two ScaledObjects of a namespace that give their autoscaler one name',
    keda: 'the webhook refuses the second one',
    source: 'apis/keda/v1alpha1/scaledobject_webhook.go, verifyScaledObjects (check 2)',
    write: 'a name of its own, or no advanced.horizontalPodAutoscalerConfig.name',
  },
  *check(object, { scaledObjects }) {
    const { manifest, autoscaler, root } = object
    const first = scaledObjects
      .slice(0, scaledObjects.indexOf(object))
      .find(
        (each) =>
          each.manifest.namespace === manifest.namespace &&
          each.manifest.name !== manifest.name &&
          each.autoscaler.name === autoscaler.name,
      )
    if (first === undefined) return
    yield refused(
      'webhook',
      autoscaler.at ?? root.get('metadata', 'name'),
      `the autoscaler ${autoscaler.name} is that of ScaledObject ${first.manifest.name} already (${first.manifest.file}:${first.root.line})`,
      'give it another name, or leave it to KEDA: keda-hpa-<name of the ScaledObject>',
    )
  },
}
