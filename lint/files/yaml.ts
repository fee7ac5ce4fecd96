import type { Document, ErrorCode, LineCounter, YAMLError } from 'yaml'
import type { LintFinding } from '../finding.ts'
import { repeatedKeys } from '../yaml-node.ts'
import type { Place } from './place.ts'

/** A document that does not parse. */
export function unreadable(at: Place, { code, message }: YAMLError): LintFinding {
  const why = 'nothing of this document can be read'
  return { rule: 'yaml', severity: 'error', ...at, object: '', found: message, why, fix: howToRepair(code) }
}

/** A key that is written twice. kubectl takes the last one without a word. */
export function repeated(file: string, document: Document, lines: LineCounter): LintFinding[] {
  return [...repeatedKeys(document.contents)].map(([key, { range }]) => {
    const { line, col } = lines.linePos(range?.[0] ?? 0)
    return {
      rule: 'yaml',
      severity: 'error',
      file,
      line,
      column: Math.max(1, col),
      object: '',
      found: `${key} is written twice in one mapping`,
      why: 'kubectl takes the last one without a word; kustomize, Helm and others refuse the file',
      fix: 'remove one of them',
    }
  })
}

const REPAIRS: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'an alias (*name) needs an anchor (&name) above it',
  BAD_COLLECTION_TYPE: 'expected a mapping or a sequence of another kind here',
  BAD_INDENT: 'expected all keys of a mapping at the same column',
  BLOCK_AS_IMPLICIT_KEY: 'expected one `key: value` a line; quote a value that holds `: `',
  BLOCK_IN_FLOW: 'expected `{ key: value }` or `[ value ]` on one level of brackets',
  MISSING_CHAR: 'expected a closing quote, bracket or brace',
  MULTILINE_IMPLICIT_KEY: 'expected `key: value` on each line; is a colon missing?',
  TAB_AS_INDENT: 'expected spaces as indentation; replace the tab',
}

/** What was expected where the YAML reader gave up. */
function howToRepair(code: ErrorCode): string {
  return REPAIRS[code] ?? 'expected YAML: `key: value` lines, indented by spaces'
}
