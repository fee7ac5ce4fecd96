import type { Field } from '../field.ts'
import { FIELD_NAMES, placesOf } from '../keda/places.ts'
import { SCHEMAS, type Schema } from '../keda/schema.ts'
import { meant } from '../meant.ts'
import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { Trigger } from '../trigger.ts'
import { violations } from '../violations.ts'

const ROOT = ['apiVersion', 'kind', 'metadata', 'spec', 'status']

const TRIGGER_METADATA = /\.triggers\[\d+\]\.metadata\./

/** Fields of KEDA 1 that have another name now. */
const RENAMED: Readonly<Record<string, string>> = {
  'scaleTargetRef.deploymentName': 'name',
  'scaleTargetRef.containerName': 'envSourceContainerName',
}

/** Fields that the API server drops or refuses: unknown, of the wrong type, out of range, missing. At every depth. */
export const specField: Rule = {
  name: 'spec-field',
  text: {
    finds: 'fields that are unknown, misplaced, of the wrong type, out of range or missing, at every depth',
    keda: 'the API server compares every field with the resource definition. kubectl has it refuse unknown ones; other clients do not, and it drops them: a default takes their place without a word',
    source: 'config/crd/bases/keda.sh_scaledobjects.yaml, patched by config/crd/patches',
    write: 'the field at the place that the finding names, with a value of its type',
  },
  *check({ root, spec, triggers }) {
    const schema = SCHEMAS.ScaledObject ?? {}
    for (const [key, field] of root.entries()) if (!ROOT.includes(key)) yield unknownField(field, key, ROOT)
    if (!spec.present) {
      yield refused('api-server', root, 'spec is missing', 'add spec with scaleTargetRef and triggers')
      return
    }
    for (const field of spec.below())
      if (field.isNull && !TRIGGER_METADATA.test(field.path)) yield dropped(field)
    for (const violation of violations(spec, schema)) {
      // The rule metadata-text says it with the words of a trigger.
      if (TRIGGER_METADATA.test(violation.field.path)) continue
      const { field, key, known, found, fix } = violation
      if (known === undefined) yield refused('api-server', field, found, fix)
      else yield unknownField(field, key, known, triggers)
    }
  },
}

function dropped(at: Field): Complaint {
  return {
    severity: 'warning',
    at,
    found: `${at.path} is nothing (null)`,
    why: 'the API server drops it, and a default takes its place',
    fix: 'write a value, or leave it out',
  }
}

function unknownField(
  field: Field,
  key: string,
  known: readonly string[],
  triggers: readonly Trigger[] = [],
): Complaint {
  return refused(
    'api-server',
    field,
    `${field.path} is no field of a ScaledObject`,
    instead(field, key, known, triggers),
    'kubectl has it refused; other clients have it dropped, and a default takes its place without a word',
  )
}

function instead(field: Field, key: string, known: readonly string[], triggers: readonly Trigger[]): string {
  const renamed = Object.entries(RENAMED).find(([path]) => field.path.endsWith(path))?.[1]
  if (renamed !== undefined && known.includes(renamed)) return `write ${renamed}`
  const elsewhere = placeFor(field, key)
  if (elsewhere !== undefined) return `write it as ${elsewhere}`
  const trigger = triggers.find((each) => field.path === `${each.field.path}.${key}`)
  if (trigger?.scaler?.parameters.some(({ names }) => names.includes(key)))
    return `write it below metadata: ${trigger.field.path}.metadata.${key}, as text`
  const here = meant(key, known)
  if (here !== undefined) return `write ${here}`
  const far = meant(key, FIELD_NAMES)
  const place = far === undefined ? undefined : placeFor(field, far)
  if (place !== undefined) return `write ${place}, if that was meant`
  return `KEDA has no such field; known here: ${known.join(', ')}`
}

/** The place of a field of that name which takes a value like the one that is written. */
function placeFor(field: Field, name: string): string | undefined {
  return placesOf(name).find(({ schema, path }) => takes(schema, field) && path !== field.path)?.path
}

function takes({ type, intOrString }: Schema, { kind, value }: Field): boolean {
  if (type === 'object') return kind === 'mapping'
  if (type === 'array') return kind === 'sequence'
  if (kind !== 'scalar') return false
  return intOrString === true || type !== 'integer' || /^\d+$/.test(String(value))
}
