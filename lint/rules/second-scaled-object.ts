import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'
import type { ScaledObject } from '../scaled-object.ts'
import { sameTarget } from '../workload.ts'

/** Two ScaledObjects of one target, or one name given twice. Said of the second one. */
export const secondScaledObject: Rule = {
  name: 'second-scaled-object',
  text: {
    finds: 'two ScaledObjects of one target',
    keda: 'the webhook refuses the second one',
    source: 'apis/keda/v1alpha1/scaledobject_webhook.go, verifyScaledObjects (check 1)',
    write: 'one ScaledObject with the triggers of both',
  },
  *check(object, { scaledObjects }) {
    const { manifest, target, spec, root } = object
    const earlier = scaledObjects.slice(0, scaledObjects.indexOf(object))
    const isTwice = (each: ScaledObject) =>
      each.manifest.name === manifest.name && each.manifest.namespace === manifest.namespace
    const found = earlier.find((each) => isTwice(each) || sameTarget(each.target, target))
    const first = found === undefined ? undefined : { ...found.manifest, twice: isTwice(found) }
    if (first === undefined) return
    const where = `${first.file}:${first.root.line}`
    if (first.twice) {
      yield {
        // In two files they may be two overlays of one base, which never meet.
        severity: first.file === manifest.file ? 'error' : 'warning',
        at: root.get('metadata', 'name'),
        found: `ScaledObject ${first.name} is there already (${where})`,
        why: 'where both are applied, the later one replaces the other',
        fix: 'give it another name or namespace, or lint what is applied together: one overlay at a time',
      }
    } else {
      yield refused(
        'webhook',
        spec.get('scaleTargetRef', 'name'),
        `ScaledObject ${first.name} scales ${target.name} already (${where})`,
        'make one ScaledObject with the triggers of both',
        'which of the two it is depends on the order they are applied in',
      )
    }
  },
}
