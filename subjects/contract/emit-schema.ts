import { writeFile } from 'node:fs/promises'
import { jsonSchema, SCHEMA_FILE } from './json-schema.ts'

// Writes the file anew after a change of schema.ts: node subjects/contract/emit-schema.ts
await writeFile(SCHEMA_FILE, jsonSchema())
