import { readFileSync, writeFileSync } from 'node:fs'
import { withRules } from '../../lint/rules/documentation.ts'

/** Writes the rules into docs/lint.md. */
const path = new URL('../../docs/lint.md', import.meta.url)
writeFileSync(path, withRules(readFileSync(path, 'utf8')))
