import type { LintFinding } from '../finding.ts'
import { groupOf, type Manifest } from '../manifest.ts'
import type { ManifestFile } from '../read-manifests.ts'
import { folderOf, joined, normal } from './file-path.ts'
import { TEMPLATE } from './template.ts'

/** Files below a folder that are no manifests yet, and one line for each chart or kustomization that they belong to. */
export interface Unbuilt {
  readonly files: ReadonlySet<string>
  readonly findings: readonly LintFinding[]
}

/** The templates of charts, among files that were found below a folder. A template that was named is not skipped. */
export function unrenderedCharts(files: readonly ManifestFile[]): Unbuilt {
  const charts = new Map<string, string[]>()
  for (const { file, text, fromFolder } of files) {
    const [, templates] = /^((?:.*\/)?templates)\//.exec(file) ?? []
    if (fromFolder !== true || templates === undefined || !TEMPLATE.test(text)) continue
    charts.set(templates, [...(charts.get(templates) ?? []), file])
  }
  return {
    files: new Set([...charts.values()].flat()),
    findings: [...charts].map(([templates, [first = templates, ...others]]) => ({
      ...line('template', first),
      found: `a chart: ${others.length + 1} of its templates skipped (${templates}/)`,
      why: 'what Kubernetes will be given is only known once it is rendered',
      fix: `lint what it renders: \`helm template ${folderOf(templates) || '.'} | eventproof lint -\``,
    })),
  }
}

/** A kustomization beside unbuilt manifests: its patches are no objects, its names and namespaces are in none. */
export function unbuiltKustomizations(
  manifests: readonly Manifest[],
  named: readonly ManifestFile[],
): Unbuilt {
  const kustomizations = manifests.filter(
    ({ apiVersion, kind }) =>
      (kind === 'Kustomization' || kind === 'Component') && groupOf(apiVersion) === 'kustomize.config.k8s.io',
  )
  const files = new Map(named.map(({ file }) => [normal(file), file]))
  const patches = kustomizations.map((each) => patchesOf(each).flatMap((path) => files.get(path) ?? []))
  return {
    files: new Set(patches.flat()),
    findings: kustomizations.map(({ file, root }, i) => ({
      ...line('not-built', file),
      line: root.line,
      column: root.column,
      found: `a kustomization among the manifests${skipped(patches[i] ?? [])}`,
      why: 'its patches, prefixes and namespaces are not in the files that were linted',
      fix: `lint what the cluster will be given: \`kustomize build ${folderOf(file) || '.'} | eventproof lint -\``,
    })),
  }
}

function patchesOf({ file, root }: Manifest): string[] {
  const named = [
    ...['patches', 'patchesJson6902'].flatMap((key) =>
      root
        .get(key)
        .items()
        .map((each) => each.get('path')),
    ),
    ...[
      'patchesStrategicMerge',
      'transformers',
      'generators',
      'replacements',
      'configurations',
      'openapi',
    ].flatMap((key) =>
      root
        .get(key)
        .items()
        .map((each) => (each.kind === 'mapping' ? each.get('path') : each)),
    ),
  ]
  return named.flatMap(({ text }) =>
    text === undefined || text.includes('\n') ? [] : [joined(folderOf(file), text)],
  )
}

function skipped(patches: readonly string[]): string {
  return patches.length === 0 ? '' : `; skipped as no objects of their own: ${patches.join(', ')}`
}

function line(rule: string, file: string) {
  return { rule, severity: 'warning', file, line: 1, column: 1, object: '' } as const
}
