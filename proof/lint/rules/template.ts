import { UNRENDERED } from '../read-manifests.ts'
import type { Rule } from '../rule.ts'

/** `{{ … }}` of a Helm chart, `${NAME}` of envsubst, `$(NAME)` of an older kustomize. */
const PLACEHOLDER = /\{\{|\$\{\w+\}|\$\(\w+\)/

/** A ScaledObject with placeholders in it: nothing else is asked of it, every other answer would be a guess. */
export const template: Rule = {
  name: 'template',
  *check({ root }) {
    for (const field of root.scalars()) {
      if (!PLACEHOLDER.test(field.text ?? '')) continue
      const [, why, fix] = UNRENDERED
      yield {
        severity: 'error',
        at: field,
        found: `${field.path} is the placeholder ${field.text}`,
        why,
        fix,
      }
      return
    }
  },
}
