import { nearest } from '../../core/nearest.ts'
import type { LintFinding } from '../finding.ts'
import { groupOf, KEDA_API, KEDA_KINDS, type Manifest } from '../manifest.ts'

/** An object that was meant as one of KEDA's and is none: a kind or a version that no KEDA 2 serves. */
export function misnamed(manifest: Manifest): LintFinding[] {
  const { apiVersion, kind } = manifest
  if (KEDA_KINDS.includes(kind)) {
    if (apiVersion === KEDA_API) return []
    return [finding(manifest, 'apiVersion', `${kind} of ${apiVersion}`, `write apiVersion: ${KEDA_API}`)]
  }
  if (groupOf(apiVersion) !== 'keda.sh') return []
  const meant = nearest(kind, KEDA_KINDS)
  const fix = meant === undefined ? `write one of ${KEDA_KINDS.join(', ')}` : `write kind: ${meant}`
  return [finding(manifest, 'kind', `keda.sh has no kind ${kind}`, fix)]
}

function finding(
  { namespace, name, file, root }: Manifest,
  field: string,
  found: string,
  fix: string,
): LintFinding {
  const { line, column } = root.get(field)
  const why = `KEDA 2 serves ${KEDA_API} with ${KEDA_KINDS.join(', ')}: the API server knows nothing else of it, and nothing is created`
  const object = `${namespace}/${name}`
  return {
    rule: 'unknown-kind',
    severity: 'error',
    file,
    line,
    column,
    object,
    found,
    why,
    fix,
    refusedBy: 'api-server',
  }
}
