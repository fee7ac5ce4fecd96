import { type Document, LineCounter, parseAllDocuments } from 'yaml'
import { Field } from './field.ts'
import { incomplete } from './files/not-an-object.ts'
import { isTemplated, TEMPLATE, unrendered } from './files/template.ts'
import { repeated, unreadable } from './files/yaml.ts'
import type { LintFinding } from './finding.ts'
import { kustomizationOf, type Manifest, manifestOf } from './manifest.ts'
import { splitJson } from './split-json.ts'

/** The text of a file that may hold several YAML documents, or JSON. */
export interface ManifestFile {
  /** As it is to be shown; `-` for standard input. */
  readonly file: string
  readonly text: string
  /** It was found below a folder, not named: what is in it may not be meant for a cluster. */
  readonly fromFolder?: true
}

export interface ManifestsRead {
  readonly manifests: readonly Manifest[]
  /** What could not be read, and why. */
  readonly findings: readonly LintFinding[]
}

/** Splits a file into objects. Lists, as `kubectl get -o yaml` prints them, are opened. Never throws. */
export function readManifests({ file, text }: ManifestFile): ManifestsRead {
  const manifests: Manifest[] = []
  const findings: LintFinding[] = []
  /** Once a file: a chart is full of them. */
  const complainOfTemplate = (finding: LintFinding) => {
    if (!findings.some(({ rule }) => rule === finding.rule)) findings.push(finding)
  }

  for (const [document, lines] of documentsOf(text)) {
    const [error] = document.errors
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0])
      const at = { file, line, column: Math.max(1, col) }
      const [start, , end] = document.range ?? [0, 0, text.length]
      if (TEMPLATE.test(text.slice(start, Math.max(end, error.pos[1]))))
        complainOfTemplate(unrendered(at, text))
      else findings.push(unreadable(at, error))
      continue
    }
    findings.push(...repeated(file, document, lines))
    const root = Field.root({ document, lines })
    if (root.kind !== 'nothing') read(root, '', '')
  }
  return { manifests, findings }

  function read(root: Field, listKind: string, listVersion: string): void {
    const kind = root.get('kind').text ?? listKind
    const apiVersion = root.get('apiVersion').text ?? listVersion
    if (root.kind !== 'mapping' || kind === '' || apiVersion === '') {
      const { line, column } = root
      const kustomization = kustomizationOf(file, root)
      if (kustomization !== undefined) manifests.push(kustomization)
      else if (isTemplated(root) || TEMPLATE.test(text))
        complainOfTemplate(unrendered({ file, line, column }, text))
      else findings.push(incomplete(file, root))
    } else if (kind.endsWith('List') && root.get('items').kind === 'sequence') {
      const version = kind === 'List' ? '' : apiVersion
      for (const item of root.get('items').items()) read(item, kind.slice(0, -'List'.length), version)
    } else manifests.push(manifestOf(file, root, kind, apiVersion))
  }
}

/** Without a schema: what a scalar is to Kubernetes is decided where it is asked for (scalar.ts). */
function documentsOf(text: string): readonly (readonly [Document.Parsed, LineCounter])[] {
  return splitJson(text).flatMap((part) => {
    const lineCounter = new LineCounter()
    const options = { lineCounter, prettyErrors: false, schema: 'failsafe', uniqueKeys: false } as const
    const documents = parseAllDocuments(part, options)
    return 'empty' in documents ? [] : documents.map((each) => [each, lineCounter] as const)
  })
}
