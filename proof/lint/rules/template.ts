import { isTemplated, UNRENDERED } from '../read-manifests.ts'
import type { Rule } from '../rule.ts'

/** A ScaledObject with placeholders in it: nothing else is asked of it, every other answer would be a guess. */
export const template: Rule = {
  name: 'template',
  *check({ root }) {
    for (const field of root.below()) {
      if (!isTemplated(field)) continue
      const [, why, fix] = UNRENDERED
      const found = `${field.path} is a placeholder${field.text === undefined ? '' : `: ${field.text}`}`
      yield { severity: 'error', at: field, found, why, fix }
      return
    }
  },
}
