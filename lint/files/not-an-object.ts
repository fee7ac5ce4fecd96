import { nearest } from '../../core/nearest.ts'
import type { Field } from '../field.ts'
import type { LintFinding, Severity } from '../finding.ts'
import { KEDA_API, KEDA_KINDS } from '../manifest.ts'

/** A document that is no Kubernetes object; an error where it was clearly meant as one of KEDA's. */
export function incomplete(file: string, root: Field): LintFinding {
  const { line, column } = root
  const finding = (severity: Severity, found: string, why: string, fix: string) =>
    ({ rule: 'not-an-object', severity, file, line, column, object: '', found, why, fix }) as const
  const kind = root.get('kind').text ?? ''
  const version = root.get('apiVersion').text ?? ''
  const refused = 'kubectl and the API server refuse it: nothing is created'
  const others = root.entries().map(([key]) => key)
  if (kind === 'ScaledObject' || KEDA_KINDS.includes(kind)) {
    const meant = nearest(
      'apiVersion',
      others.filter((key) => !KNOWN.includes(key)),
    )
    return finding(
      'error',
      `a ${kind} without apiVersion${meant === undefined ? '' : ` (is ${meant} apiVersion?)`}`,
      refused,
      `write apiVersion: ${KEDA_API}`,
    )
  }
  if (version.startsWith('keda.sh/')) {
    const meant = nearest(
      'kind',
      others.filter((key) => !KNOWN.includes(key)),
    )
    return finding(
      'error',
      `an object of ${version} without kind${meant === undefined ? '' : ` (is ${meant} kind?)`}`,
      refused,
      'write kind: ScaledObject, or the kind that it is of',
    )
  }
  const lacks = root.kind === 'mapping' ? (kind === '' ? 'no kind' : 'no apiVersion') : `a ${root.kind}`
  return finding(
    'warning',
    `${lacks} where a Kubernetes object was expected`,
    'nothing can be said about it',
    'give the document an apiVersion and a kind, or leave the file out',
  )
}

const KNOWN = ['apiVersion', 'kind', 'metadata', 'spec', 'status']
