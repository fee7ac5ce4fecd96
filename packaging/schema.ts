import { readFile, writeFile } from 'node:fs/promises'
import { configFields } from './config-types.ts'
import { CONTRACT, withTables } from './field-tables.ts'
import { describedSchema, SCHEMA_FILE } from './json-schema.ts'
import { reportDocuments } from './report-documents.ts'

// Writes what follows from the schemas of the config and their comments, and from those of reports: `npm run schema`,
// after a change of them.

const fields = configFields()
await writeFile(SCHEMA_FILE, await describedSchema(fields))
await writeFile(CONTRACT, withTables(await readFile(CONTRACT, 'utf8'), fields))
for (const [file, content] of reportDocuments()) await writeFile(file, content)
