import type { LintContext } from './context.ts'
import type { LintFinding } from './finding.ts'
import type { Manifest } from './manifest.ts'
import { type ManifestFile, readManifests } from './read-manifests.ts'
import type { Scope } from './rule.ts'
import { RULES } from './rules/rules.ts'
import { template } from './rules/template.ts'
import { isScaledObject, type ScaledObject, scaledObjectOf } from './scaled-object.ts'

export interface LintResult {
  /** By file in the order given, then by line. */
  readonly findings: readonly LintFinding[]
  /** `namespace/name` of each ScaledObject that was looked at. */
  readonly objects: readonly string[]
}

/**
 * Judges the ScaledObjects among Kubernetes manifests without a cluster, by the source of KEDA 2.21.
 * Pure: the same texts and the same context give the same findings. What can't be read is a finding, not an error.
 * @param files one or more files of YAML documents, also the output of `kustomize build` or `kubectl get -o yaml`
 */
export function lintScaledObjects(files: readonly ManifestFile[], context: LintContext = {}): LintResult {
  const read = files.map(readManifests)
  const manifests = read.flatMap((each) => each.manifests)
  const scaledObjects = manifests
    .filter(isScaledObject)
    .map((manifest) => scaledObjectOf(manifest, manifests))
  const scope: Scope = { manifests, scaledObjects, context }
  const order = new Map(files.map(({ file }, i) => [file, i]))
  return {
    findings: [
      ...read.flatMap((each) => each.findings),
      ...unbuilt(manifests),
      ...scaledObjects.flatMap((object) => [...judged(object, scope)]),
    ].sort(
      (a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.line - b.line || a.column - b.column,
    ),
    objects: scaledObjects.map(({ manifest }) => nameOf(manifest)),
  }
}

function* judged(object: ScaledObject, scope: Scope): Iterable<LintFinding> {
  const complaints = [...template.check(object, scope)].map((complaint) => ({ rule: template, complaint }))
  if (complaints.length === 0) {
    for (const rule of RULES)
      complaints.push(...[...rule.check(object, scope)].map((complaint) => ({ rule, complaint })))
  }
  for (const { rule, complaint } of complaints) {
    const { severity, at, found, why, fix } = complaint
    const { file } = object.manifest
    const { line, column } = at
    yield { rule: rule.name, severity, file, line, column, object: nameOf(object.manifest), found, why, fix }
  }
}

/** A kustomization beside unbuilt manifests: its patches, names and namespaces are not in what we read. */
function unbuilt(manifests: readonly Manifest[]): LintFinding[] {
  return manifests
    .filter(({ apiVersion, kind }) => kind === 'Kustomization' && apiVersion.startsWith('kustomize.'))
    .map(({ file, root: { line, column } }) => ({
      rule: 'not-built',
      severity: 'warning',
      file,
      line,
      column,
      object: '',
      found: 'a kustomization among the manifests',
      why: 'its patches, prefixes and namespaces are not in the files that were linted',
      fix: 'lint what the cluster will be given: `kustomize build … | eventproof lint -`',
    }))
}

function nameOf({ namespace, name }: Manifest): string {
  return `${namespace}/${name}`
}
