import { nearest } from '../../core/nearest.ts'
import type { Field } from '../field.ts'
import type { Complaint, Rule } from '../rule.ts'

/** Whole numbers of a ScaledObject's spec with the least value that the CRD allows. */
const LEAST: Readonly<Record<string, number>> = {
  pollingInterval: 1,
  initialCooldownPeriod: 0,
  cooldownPeriod: 0,
  idleReplicaCount: 0,
  minReplicaCount: 0,
  maxReplicaCount: 1,
}
const SPEC = [...Object.keys(LEAST), 'scaleTargetRef', 'advanced', 'triggers', 'fallback']
const TRIGGER = ['type', 'name', 'useCachedMetrics', 'metadata', 'authenticationRef', 'metricType']

/** Fields that the API server drops or refuses: misspelt, of the wrong type, below their least value, missing. */
export const specField: Rule = {
  name: 'spec-field',
  *check({ root, spec, triggers }) {
    if (root.get('metadata', 'name').text === undefined) yield missing(root.get('metadata', 'name'))
    if (spec.get('scaleTargetRef', 'name').text === undefined)
      yield missing(spec.get('scaleTargetRef', 'name'))
    if (triggers.length === 0) yield missing(spec.get('triggers'))
    yield* unknown(spec, SPEC)
    for (const { field, type } of triggers) {
      if (type === '') yield missing(field.get('type'))
      if (!field.get('metadata').present) yield missing(field.get('metadata'))
      yield* unknown(field, TRIGGER)
    }
    for (const [key, least] of Object.entries(LEAST)) {
      const field = spec.get(key)
      if (!field.present) continue
      if (typeof field.value === 'number' && Number.isInteger(field.value) && field.value >= least) continue
      yield refused(
        field,
        `${field.path} is ${field.text === undefined ? `a ${field.kind}` : shown(field)}`,
        `write a whole number without quotes, ${least} or more`,
      )
    }
  },
}

function* unknown(holder: Field, known: readonly string[]): Iterable<Complaint> {
  for (const [key, field] of holder.entries()) {
    if (known.includes(key)) continue
    const meant = nearest(key, known)
    yield {
      severity: 'error',
      at: field,
      found: `${field.path} is no field of a ScaledObject`,
      why: 'the API server drops it (or refuses the object), and a default takes its place without a word',
      fix: meant === undefined ? `remove it; known here: ${known.join(', ')}` : `write ${meant}`,
    }
  }
}

function missing(field: Field): Complaint {
  return refused(field, `${field.path} is missing`, `add ${field.path}`)
}

function refused(at: Field, found: string, fix: string): Complaint {
  return { severity: 'error', at, found, why: 'the API server refuses such a ScaledObject', fix }
}

function shown({ value, text }: Field): string {
  return typeof value === 'string' ? `the text "${text}"` : String(text)
}
