import type { Field } from '../field.ts'
import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'

/** Trigger metadata is a map of text to text: a bare number or truth value is refused by the API server. */
export const metadataText: Rule = {
  name: 'metadata-text',
  text: {
    finds:
      'bare numbers and truth values in trigger metadata, also those that YAML 1.1 makes of `no` and `on`',
    keda: 'the API server refuses the object: metadata is a map of text to text',
    source: '`Metadata map[string]string` of ScaleTriggers, apis/keda/v1alpha1/scaletriggers_types.go',
    write: 'the value in quotes: `lagThreshold: "50"`, `topic: "on"`',
  },
  *check({ triggers }) {
    for (const { metadata } of triggers) {
      for (const [key, field] of metadata.entries()) {
        const { value, text, kind } = field
        if (typeof value === 'string') continue
        if (field.isNull) {
          yield dropped(key, field)
          continue
        }
        const found =
          kind === 'scalar'
            ? `a ${typeof value}: ${text}`
            : kind === 'nothing'
              ? 'nothing (null)'
              : `a ${kind}`
        const read =
          String(value) === text || kind !== 'scalar' ? '' : ` (${value} to Kubernetes, by YAML 1.1)`
        const fix = text === undefined ? `write ${key} as quoted text` : `write ${key}: "${text}"`
        yield refused('api-server', field, `${key} is ${found}${read}`, fix, 'metadata holds text only')
      }
    }
  },
}

function dropped(key: string, at: Field): Complaint {
  return {
    severity: 'warning',
    at,
    found: `${key} is nothing (null)`,
    why: 'the API server drops it: KEDA takes its default, or misses it',
    fix: `write a value in quotes, or leave ${key} out`,
  }
}
