import type { LintContext } from './context.ts'
import { unbuiltKustomizations, unrenderedCharts } from './files/unbuilt.ts'
import { misnamed } from './files/unknown-kind.ts'
import type { LintFinding } from './finding.ts'
import type { Manifest } from './manifest.ts'
import { Manifests } from './manifests.ts'
import { type ManifestFile, readManifests } from './read-manifests.ts'
import type { Scope } from './rule.ts'
import { authenticationFindings } from './rules/authentication-object.ts'
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
  const charts = unrenderedCharts(files)
  const read = files
    .filter(({ file }) => !charts.files.has(file))
    .map((each) => ({ file: each.file, ...readManifests(each) }))
  const kustomizations = unbuiltKustomizations(
    read.flatMap((each) => each.manifests),
    files,
  )
  const built = read.filter(({ file }) => !kustomizations.files.has(file))
  const manifests = new Manifests(built.flatMap((each) => each.manifests))
  const scaledObjects = manifests.all
    .filter(isScaledObject)
    .map((manifest) => scaledObjectOf(manifest, manifests))
  const scope: Scope = { manifests, scaledObjects, context }
  const order = new Map(files.map(({ file }, i) => [file, i]))
  return {
    findings: [
      ...charts.findings,
      ...kustomizations.findings,
      ...built.flatMap((each) => each.findings),
      ...manifests.all.flatMap(misnamed),
      ...authenticationFindings(scope),
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
    const { severity, at, found, why, fix, refusedBy } = complaint
    const { file } = object.manifest
    const { line, column } = at
    yield {
      ...{ rule: rule.name, severity, file, line, column, object: nameOf(object.manifest), found, why, fix },
      ...(refusedBy === undefined ? {} : { refusedBy }),
    }
  }
}

function nameOf({ namespace, name }: Manifest): string {
  return `${namespace}/${name}`
}
