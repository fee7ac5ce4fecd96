import type { Field } from '../field.ts'
import { isTemplated, UNRENDERED } from '../files/template.ts'
import type { Rule } from '../rule.ts'

/**
 * A ScaledObject with placeholders in its name or spec: nothing else is asked of it, every other answer would be a
 * guess. What annotations say about templates, or a query with its own `$`, is no placeholder.
 */
export const template: Rule = {
  name: 'template',
  text: {
    finds:
      'Helm or envsubst placeholders in name or spec: render first; `$` in a query is not one. Below a folder the templates of a chart are skipped, with one line',
    keda: 'it is never given one',
    source: 'Helm, kustomize and envsubst render before KEDA sees anything',
    write: 'what is rendered: `helm template … | eventproof lint -`',
  },
  *check({ root }) {
    const named = ['name', 'namespace'].map((key) => root.get('metadata', key))
    for (const field of [...named, ...root.get('spec').below()]) {
      if (!isTemplated(field) || isOwnLanguage(field)) continue
      const [, why, fix] = UNRENDERED
      const found = `${field.path} is a placeholder${field.text === undefined ? '' : `: ${field.text}`}`
      yield { severity: 'error', at: field, found, why, fix }
      return
    }
  },
}

/** `${1}` of PromQL's label_replace, `$(…)` of others: KEDA sends a query as it is written. */
function isOwnLanguage({ path, text = '' }: Field): boolean {
  return /\.metadata\.query\w*$/.test(path) && !text.includes('{{')
}
