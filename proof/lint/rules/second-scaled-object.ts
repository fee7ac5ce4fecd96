import type { Rule } from '../rule.ts'
import { sameTarget } from '../workload.ts'

/** Two ScaledObjects of one target, or one name given twice. Said of the second one. */
export const secondScaledObject: Rule = {
  name: 'second-scaled-object',
  *check(object, { scaledObjects }) {
    const earlier = scaledObjects.slice(0, scaledObjects.indexOf(object))
    const { manifest, target, spec } = object
    for (const { manifest: first, target: scaled } of earlier) {
      const twice = first.name === manifest.name && first.namespace === manifest.namespace
      if (!twice && !sameTarget(scaled, target)) continue
      yield {
        severity: 'error',
        at: twice ? object.root.get('metadata', 'name') : spec.get('scaleTargetRef', 'name'),
        found: twice
          ? `ScaledObject ${first.name} is there already (${first.file}:${first.root.line})`
          : `ScaledObject ${first.name} scales ${target.name} already (${first.file}:${first.root.line})`,
        why: twice
          ? 'the one that is applied last replaces the other'
          : 'KEDA refuses the second one: which of the two it is depends on the order they are applied in',
        fix: twice
          ? 'give it another name, or remove one of them'
          : 'make one ScaledObject with the triggers of both',
      }
    }
  },
}
