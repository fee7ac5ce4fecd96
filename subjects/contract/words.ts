import { z } from 'zod'

// The small shapes that the config is made of, each with the words that an error shows.

export const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name of small letters, digits and -')
export const duration = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h)$/, "a time such as '500ms', '30s' or '2m'")
export const text = z.string().min(1)
/** Environment, headers, settings: any names, with texts. */
export const texts = z.record(z.string(), z.string())
export const path = z.string().startsWith('/', "a path that starts with '/'")
export const topic = text.regex(/^[\w.-]{1,200}$/, 'a topic name of letters, digits, . _ and -')

export const control = z.string().regex(/^[A-Z]\d+$/, "the id of a control such as 'P1'")

export const jsonPath = text.startsWith('$.', "a path such as '$.id'")

export const eventId = z.union(
  [
    z.strictObject({ header: text }),
    z.strictObject({ cloudEvent: z.literal('id') }),
    z.strictObject({ json: jsonPath }),
  ],
  "{ header: 'name' }, { cloudEvent: 'id' } or { json: '$.path' }",
)

/** Where a row says something of itself. */
export const marked = (example: string) =>
  z.union(
    [text, z.strictObject({ column: text, is: z.union([text, z.array(text).min(1)]) })],
    `the name of a column, or { column: 'status', is: '${example}' }`,
  )
