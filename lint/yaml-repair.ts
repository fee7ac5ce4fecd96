import type { ErrorCode } from 'yaml'

const REPAIRS: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'an alias (*name) needs an anchor (&name) above it',
  BAD_COLLECTION_TYPE: 'expected a mapping or a sequence of another kind here',
  BAD_INDENT: 'expected all keys of a mapping at the same column',
  BLOCK_AS_IMPLICIT_KEY: 'expected one `key: value` a line; quote a value that holds `: `',
  BLOCK_IN_FLOW: 'expected `{ key: value }` or `[ value ]` on one level of brackets',
  DUPLICATE_KEY: 'expected each key once; remove one of them',
  MISSING_CHAR: 'expected a closing quote, bracket or brace',
  MULTILINE_IMPLICIT_KEY: 'expected `key: value` on each line; is a colon missing?',
  TAB_AS_INDENT: 'expected spaces as indentation; replace the tab',
}

/** What was expected where the YAML reader gave up. */
export function howToRepair(code: ErrorCode): string {
  return REPAIRS[code] ?? 'expected YAML: `key: value` lines, indented by spaces'
}
