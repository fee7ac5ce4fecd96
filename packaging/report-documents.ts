import { z } from 'zod'
import { checklistCatalog } from '../reports/checklist-catalog.ts'
import { writtenVerdicts } from '../reports/run-schema.ts'

/** What readers of our reports are given beside them, and what it follows from: file → content. `npm run schema` writes it. */
export function reportDocuments(): ReadonlyMap<URL, string> {
  const file = (name: string) => new URL(`../reports/${name}`, import.meta.url)
  return new Map(
    [
      [file('verdicts.schema.json'), verdictsJsonSchema()] as const,
      [file('checklist.oscal.json'), checklistCatalog()] as const,
    ].map(([url, content]) => [url, `${JSON.stringify(content, null, 2)}\n`]),
  )
}

/** Of what is written: a field with a default is always there. */
function verdictsJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(writtenVerdicts, { io: 'input' })
  return { $schema, title: 'verdicts.json of an eventproof run', ...schema }
}
