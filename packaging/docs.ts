import { readFile, writeFile } from 'node:fs/promises'
import { withRules } from '../lint/rules/documentation.ts'
import { antiPatternsOf } from '../reports/verdicts.ts'
import { loadKinds } from '../scenarios/kinds.ts'
import { withAntiPatterns } from './anti-pattern-table.ts'
import { withTables } from './predicate-tables.ts'

// `npm run docs`: writes the tables of docs/predicates.md, docs/anti-patterns.md and docs/lint.md anew.
const predicates = new URL('../docs/predicates.md', import.meta.url)
await writeFile(predicates, withTables(await readFile(predicates, 'utf8'), await loadKinds()))
const antiPatterns = new URL('../docs/anti-patterns.md', import.meta.url)
await writeFile(
  antiPatterns,
  withAntiPatterns(await readFile(antiPatterns, 'utf8'), antiPatternsOf(await loadKinds())),
)
const lint = new URL('../docs/lint.md', import.meta.url)
await writeFile(lint, withRules(await readFile(lint, 'utf8')))
