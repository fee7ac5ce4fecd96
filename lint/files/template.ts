import type { Field } from '../field.ts'
import type { LintFinding } from '../finding.ts'
import type { Place } from './place.ts'

/** Go templates, as in a Helm chart. Some are valid YAML: a mapping whose key is a mapping. */
export const TEMPLATE = /\{\{/

/** `{{ … }}` of a Helm chart, `${NAME}` of envsubst, `$(NAME)` of an older kustomize. */
const PLACEHOLDER = /\{\{|\$\{\w+\}|\$\(\w+\)/

/** A placeholder is written right here. */
export function isTemplated(field: Field): boolean {
  return PLACEHOLDER.test(field.text ?? '') || field.entries().some(([key]) => key.startsWith('{'))
}

export const UNRENDERED = [
  'a template',
  'what Kubernetes will be given is only known once it is rendered',
  'render it first, then lint the result: `helm template … | eventproof lint -` or `kustomize build … | eventproof lint -`',
] as const

/** Grave where a ScaledObject goes unseen: most templates of a chart are of something else. */
export function unrendered(at: Place, text: string): LintFinding {
  const [found, why, fix] = UNRENDERED
  const severity = namesScaledObject(text) ? 'error' : 'warning'
  return { rule: 'template', severity, ...at, object: '', found, why, fix }
}

export function namesScaledObject(text: string): boolean {
  return /kind["']?\s*:\s*["']?ScaledObject\b/.test(text)
}
