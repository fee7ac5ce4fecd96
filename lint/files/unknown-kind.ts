import { nearest } from '../../core/nearest.ts'
import type { LintFinding } from '../finding.ts'
import { groupOf, KEDA_API, KEDA_KINDS, type Manifest } from '../manifest.ts'

/** An object that was meant as one of KEDA's and is none: a kind or a version that no KEDA 2 serves. */
export function misnamed({ apiVersion, kind, namespace, name, file, root }: Manifest): LintFinding[] {
  const own = groupOf(apiVersion) === 'keda.sh'
  const [field, found, fix] = own
    ? KEDA_KINDS.includes(kind)
      ? ['apiVersion', `${kind} of ${apiVersion}`, `write apiVersion: ${KEDA_API}`]
      : ['kind', `keda.sh has no kind ${kind}`, kindMeant(kind)]
    : KEDA_KINDS.includes(kind)
      ? ['apiVersion', `${kind} of ${apiVersion}`, `write apiVersion: ${KEDA_API}`]
      : ['', '', '']
  if (field === '' || (apiVersion === KEDA_API && field === 'apiVersion')) return []
  const { line, column } = root.get(field ?? '')
  return [
    {
      ...{ rule: 'unknown-kind', severity: 'error', file, line, column, object: `${namespace}/${name}` },
      ...{ found: found ?? '', fix: fix ?? '', refusedBy: 'api-server' },
      why: `KEDA 2 serves ${KEDA_API} with ${KEDA_KINDS.join(', ')}: the API server knows nothing else of it, and nothing is created`,
    },
  ]
}

function kindMeant(kind: string): string {
  const meant = nearest(kind, KEDA_KINDS)
  return meant === undefined ? `write one of ${KEDA_KINDS.join(', ')}` : `write kind: ${meant}`
}
