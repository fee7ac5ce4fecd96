import type { Rule } from '../rule.ts'

/** Trigger metadata is a map of text to text: a bare number or truth value is refused by the API server. */
export const metadataText: Rule = {
  name: 'metadata-text',
  *check({ triggers }) {
    for (const { metadata } of triggers) {
      for (const [key, field] of metadata.entries()) {
        if (typeof field.value === 'string') continue
        const found = field.kind === 'scalar' ? `a ${typeof field.value}` : field.kind
        yield {
          severity: 'error',
          at: field,
          found: `${key} is ${found}${field.text === undefined ? '' : `: ${field.text}`}`,
          why: 'metadata holds text only; the API server refuses the ScaledObject',
          fix: field.text === undefined ? `write ${key} as quoted text` : `write ${key}: "${field.text}"`,
        }
      }
    }
  },
}
