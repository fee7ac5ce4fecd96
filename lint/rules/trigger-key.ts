import type { Field } from '../field.ts'
import { placesOf } from '../keda/places.ts'
import { authenticationKeys, metadataKeys, SCALERS, type Scaler } from '../keda/scaler.ts'
import { meant } from '../meant.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { Trigger } from '../trigger.ts'

const FROM_ENV = 'FromEnv'

/** Metadata that the scaler does not read: KEDA ignores it without a word and takes its default instead. */
export const triggerKey: Rule = {
  name: 'trigger-key',
  text: {
    finds:
      'metadata that the scaler does not read: misspelt, or a key of another place, which the finding names',
    keda: 'it is ignored without a word, and what it was meant to set keeps its default',
    source:
      'pkg/scalers: the `keda:"name=…"` tags of the scaler\'s typed config, and what it reads of TriggerMetadata by hand (GetAwsAuthorization, ParseEnvironmentProperty and others)',
    write:
      'the key that the scaler reads, or the same key in its place: the TriggerAuthentication, the trigger, spec',
  },
  *check({ triggers }) {
    for (const trigger of triggers) {
      const { scaler, metadata } = trigger
      if (scaler === undefined || scaler.any) continue
      const known = metadataKeys(scaler)
      // What it refuses is said by trigger-value.
      const removed = scaler.parameters.filter((each) => each.removed).flatMap(({ names }) => names)
      for (const [key, field] of metadata.entries()) {
        if (!known.includes(key) && !removed.includes(key)) yield unread(key, field, trigger, scaler)
      }
    }
  },
}

function unread(key: string, at: Field, { type, field }: Trigger, scaler: Scaler): Complaint {
  const fix = place(key, at, field.path, scaler) ?? name(key, scaler)
  return {
    severity: fix === undefined ? 'warning' : 'error',
    at,
    found: `the ${type} scaler reads no ${key}`,
    why: 'KEDA ignores it without a word; what it was meant to set keeps its default',
    fix: fix ?? others(key, scaler),
  }
}

/** Where the very same key belongs. */
function place(key: string, at: Field, trigger: string, scaler: Scaler): string | undefined {
  const bare = withoutEnv(key)
  const known = metadataKeys(scaler)
  if (authenticationKeys(scaler).includes(bare)) {
    const source = bare === key ? 'secretTargetRef' : 'env'
    return `give it as parameter: ${bare} in ${source} of a TriggerAuthentication, and name that in authenticationRef beside metadata`
  }
  if (bare !== key && known.includes(bare)) return `write ${bare}: KEDA reads it from no environment`
  const [found] = placesOf(key).filter(({ schema }) => schema.type !== 'object' && schema.type !== 'array')
  if (found === undefined) return undefined
  const path = found.path.replace('spec.triggers[]', trigger)
  const beside = path.startsWith(trigger) ? ', beside metadata' : ''
  const value = found.schema.type === 'string' ? '' : `: ${at.text ?? ''}`
  return `write it as ${path}${value}${beside}${value === '' ? '' : ', without quotes'}`
}

/** The key that was meant. */
function name(key: string, scaler: Scaler): string | undefined {
  const here = meant(key, metadataKeys(scaler))
  if (here !== undefined) return `write ${here}`
  const there = meant(withoutEnv(key), authenticationKeys(scaler))
  if (there === undefined) return undefined
  return `give it as parameter: ${there} in a TriggerAuthentication, and name that in authenticationRef beside metadata`
}

function others(key: string, scaler: Scaler): string {
  const readers = [...SCALERS].filter(([, each]) => metadataKeys(each).includes(key)).map(([type]) => type)
  const elsewhere = readers.length === 0 ? '' : ` (${readers.slice(0, 4).join(', ')} read it)`
  return `KEDA has no use for it here${elsewhere}; known: ${metadataKeys(scaler).join(', ')}`
}

function withoutEnv(key: string): string {
  return key.endsWith(FROM_ENV) ? key.slice(0, -FROM_ENV.length) : key
}
