import type { Field } from '../field.ts'
import type { Complaint, Rule } from '../rule.ts'
import { FALSE } from '../trigger.ts'

const PREFIX = 'autoscaling.keda.sh/'
/** Annotation → what it does, in the order that KEDA asks them (scaledobject_types.go). */
const SWITCHES: Readonly<Record<string, readonly ['error' | 'warning', string]>> = {
  'paused-replicas': ['error', 'the replicas are fixed; no lag changes them'],
  paused: ['error', 'KEDA scales nothing'],
  'paused-scale-out': ['error', 'no lag wakes or adds a consumer'],
  'paused-scale-in': ['warning', 'consumers are never taken away, nor brought to zero'],
  'force-activation': ['warning', 'it runs without any event: never at zero'],
}

/** Switches of an operator's hand, left in the manifest: what looks like scaling, or like rest, is neither. */
export const paused: Rule = {
  name: 'paused',
  text: {
    finds: 'switches of an operator’s hand, left in the manifest',
    keda: 'it scales nothing, or only one way, as long as the annotation is there',
    source: 'apis/keda/v1alpha1/scaledobject_types.go, NeedToBePausedByAnnotation and its neighbours',
    write: 'nothing: set the annotation by hand where an operation needs it',
  },
  *check({ root }) {
    const annotations = root.get('metadata', 'annotations')
    for (const [name, [severity, why]] of Object.entries(SWITCHES)) {
      const field = annotations.get(PREFIX + name)
      if (isOn(name, field)) yield complaint(name, field, severity, why)
    }
  },
}

/** The number of replicas pauses whatever it is; of the others, anything that is not false counts as true. */
function isOn(name: string, { text }: Field): boolean {
  return text !== undefined && (name === 'paused-replicas' || !FALSE.has(text))
}

function complaint(name: string, at: Field, severity: 'error' | 'warning', why: string): Complaint {
  return {
    severity,
    at,
    found: `annotation ${PREFIX}${name}: ${at.text}`,
    why,
    fix: 'remove it from the manifest; set it by hand where an operation needs it',
  }
}
