import { readFile, writeFile } from 'node:fs/promises'
import { loadKinds } from '../scenarios/kinds.ts'
import { withTables } from './predicate-tables.ts'

// `npm run docs`: writes the tables of docs/predicates.md anew.
const document = new URL('../docs/predicates.md', import.meta.url)
await writeFile(document, withTables(await readFile(document, 'utf8'), await loadKinds()))
