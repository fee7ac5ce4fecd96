import { LineCounter, parseAllDocuments } from 'yaml'
import { Field, type Position } from './field.ts'
import type { LintFinding, Severity } from './finding.ts'
import { type Manifest, manifestOf } from './manifest.ts'
import { howToRepair } from './yaml-repair.ts'

/** The text of a file that may hold several YAML documents. */
export interface ManifestFile {
  /** As it is to be shown; `-` for standard input. */
  readonly file: string
  readonly text: string
}

export interface ManifestsRead {
  readonly manifests: readonly Manifest[]
  /** What could not be read, and why. */
  readonly findings: readonly LintFinding[]
}

/** Splits a file into objects. Lists, as `kubectl get -o yaml` prints them, are opened. Never throws. */
export function readManifests({ file, text }: ManifestFile): ManifestsRead {
  const lines = new LineCounter()
  const manifests: Manifest[] = []
  const findings: LintFinding[] = []
  const complain = (
    severity: Severity,
    rule: string,
    { line, column }: Position,
    found: string,
    why: string,
    fix: string,
  ) => findings.push({ rule, severity, file, line, column, object: '', found, why, fix })
  /** Once a file: a chart is full of them. */
  const unrendered = (at: Position) => {
    if (!findings.some(({ rule }) => rule === 'template')) complain('error', 'template', at, ...UNRENDERED)
  }

  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: true })
  for (const document of 'empty' in documents ? [] : documents) {
    const [error] = document.errors
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0])
      const at = { line, column: Math.max(1, col) }
      const [start, , end] = document.range ?? [0, 0, text.length]
      if (TEMPLATE.test(text.slice(start, Math.max(end, error.pos[1])))) unrendered(at)
      else
        complain(
          'error',
          'yaml',
          at,
          error.message,
          'nothing of this document can be read',
          howToRepair(error.code),
        )
      continue
    }
    const root = Field.root({ document, lines })
    if (root.kind === 'nothing') continue
    read(root, '', '')
  }
  return { manifests, findings }

  function read(root: Field, listKind: string, listVersion: string): void {
    const kind = root.get('kind').text ?? listKind
    const apiVersion = root.get('apiVersion').text ?? listVersion
    if (root.kind !== 'mapping' || kind === '' || apiVersion === '') {
      if (isTemplated(root)) {
        unrendered(root)
        return
      }
      const lacks = root.kind === 'mapping' ? (kind === '' ? 'no kind' : 'no apiVersion') : `a ${root.kind}`
      complain(
        'warning',
        'not-an-object',
        root,
        `${lacks} where a Kubernetes object was expected`,
        'nothing can be said about it',
        'give the document an apiVersion and a kind, or leave the file out',
      )
    } else if (kind.endsWith('List') && root.get('items').kind === 'sequence') {
      const version = kind === 'List' ? '' : apiVersion
      for (const item of root.get('items').items()) read(item, kind.slice(0, -'List'.length), version)
    } else manifests.push(manifestOf(file, root, kind, apiVersion))
  }
}

/** Go templates, as in a Helm chart. Some are valid YAML: a mapping whose key is a mapping. */
const TEMPLATE = /\{\{/

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
