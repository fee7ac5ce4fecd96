import { kafkaTriggers } from '../kafka-trigger.ts'
import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { Trigger } from '../trigger.ts'

/** D12. lagThreshold is the total lag divided by the replicas; with `Value` nothing is divided. */
export const metricType: Rule = {
  name: 'metric-type',
  text: {
    finds:
      'a metricType that the scaler does not take; `Value` on a Kafka trigger, with which the lag is not divided by the replicas',
    keda: 'cpu and memory take Utilization and AverageValue only, and need one of them; all others refuse Utilization, and take AverageValue where nothing is written',
    source: 'pkg/scalers/scaler.go, GetMetricTargetType; cpu_memory_scaler.go, parseResourceMetadata',
    write: 'Utilization or AverageValue for cpu and memory; nothing for the others',
    failure: 'D12',
  },
  *check(object) {
    for (const trigger of object.triggers) yield* refusedType(trigger)
    for (const { field, lagThreshold } of kafkaTriggers(object)) {
      if (field.get('metricType').text !== 'Value') continue
      yield {
        severity: 'warning',
        at: field.get('metricType'),
        found: 'metricType Value on a Kafka trigger',
        why: `the autoscaler then compares the whole lag with ${lagThreshold} at each look and multiplies the replicas it has: it runs to the maximum instead of lag / ${lagThreshold}`,
        fix: 'leave metricType out: AverageValue, one replica for each lagThreshold of total lag',
      }
    }
  },
}

export function isResource({ type }: Pick<Trigger, 'type'>): boolean {
  return type === 'cpu' || type === 'memory'
}

function* refusedType(trigger: Trigger): Iterable<Complaint> {
  const { field, type, scaler } = trigger
  const at = field.get('metricType')
  const written = at.text ?? ''
  if (scaler === undefined) return
  if (isResource(trigger)) {
    if (written === 'Utilization' || written === 'AverageValue') return
    yield refused(
      'scaler',
      at,
      written === '' ? `a ${type} trigger without metricType` : `metricType ${written} of a ${type} trigger`,
      'write metricType: Utilization beside metadata (value is a percentage of the request), or AverageValue',
    )
  } else if (written === 'Utilization') {
    yield refused(
      'scaler',
      at,
      'metricType Utilization',
      'write AverageValue, or leave metricType out',
      `there is no utilisation of ${type}`,
    )
  } else if (written !== '' && written !== 'AverageValue' && written !== 'Value') {
    yield refused(
      'autoscaler',
      at,
      `metricType ${written}`,
      'write AverageValue or Value, or leave metricType out',
    )
  }
}
