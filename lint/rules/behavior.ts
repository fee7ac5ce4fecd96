import type { Field } from '../field.ts'
import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'

const TYPES = ['Pods', 'Percent']
const SELECTIONS = ['Max', 'Min', 'Disabled']
const LONGEST_PERIOD = 1800

/** The autoscaler's own rules. The resource definition lets pass what Kubernetes refuses in the autoscaler itself. */
export const behavior: Rule = {
  name: 'behavior',
  text: {
    finds:
      'a behavior that no autoscaler takes: a policy of an unknown type, a value or a period out of range, a selectPolicy that is none',
    keda: 'it copies the behavior into the autoscaler; Kubernetes refuses that, and the ScaledObject is not Ready',
    source:
      'controllers/keda/hpa.go, newHPAForScaledObject; Kubernetes: pkg/apis/autoscaling/validation, validateScalingRules',
    write: 'type: Pods or Percent, value above 0, periodSeconds 1 to 1800, selectPolicy Max, Min or Disabled',
  },
  *check({ spec }) {
    // Those of another place are looked at too: moved where they belong, they would be refused there.
    const places = [
      spec.get('advanced', 'horizontalPodAutoscalerConfig', 'behavior'),
      spec.get('advanced', 'behavior'),
      spec.get('behavior'),
    ]
    for (const [i, place] of places.entries())
      for (const key of ['scaleUp', 'scaleDown']) {
        for (const complaint of wrongIn(place.get(key))) yield i === 0 ? complaint : misplaced(complaint)
      }
  },
}

function misplaced({ refusedBy: _, ...complaint }: Complaint): Complaint {
  return complaint
}

function* wrongIn(rules: Field): Iterable<Complaint> {
  const refuse = (at: Field, fix: string) =>
    refused('autoscaler', at, `${at.path} is ${at.text ?? at.kind}`, fix)
  const selection = rules.get('selectPolicy')
  if (selection.present && !SELECTIONS.includes(selection.text ?? ''))
    yield refuse(selection, `write ${SELECTIONS.join(', ')}`)
  for (const policy of rules.get('policies').items()) {
    const [type, value, period] = ['type', 'value', 'periodSeconds'].map((key) => policy.get(key))
    if (type?.present && !TYPES.includes(type.text ?? ''))
      yield refuse(type, `write type: ${TYPES.join(' or ')}`)
    if (value !== undefined && typeof value.value === 'number' && value.value <= 0)
      yield refuse(value, 'write a value above 0')
    if (
      period !== undefined &&
      typeof period.value === 'number' &&
      (period.value <= 0 || period.value > LONGEST_PERIOD)
    )
      yield refuse(period, `write 1 to ${LONGEST_PERIOD}`)
  }
  const tolerance = rules.get('tolerance')
  if (tolerance.text?.startsWith('-')) yield refuse(tolerance, 'write 0 or more')
}
