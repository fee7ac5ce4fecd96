import type { SchemaText } from './schema.ts'

/**
 * The same schema in other words, to which a registry gives an id of its own: as where a field was described anew, or a
 * message was added to a file. What is written by the one is read by the other.
 * @param words unlike those of any other schema
 * @returns undefined where the schema has no place for words: a union of Avro, `true` of JSON Schema
 */
export function restated({ format, text }: SchemaText, words: string): string | undefined {
  if (format === 'PROTOBUF') return `${text}\nmessage ${nameFrom(words)} {}\n`
  const json: unknown = JSON.parse(text)
  if (typeof json === 'string') return JSON.stringify({ type: json, doc: words })
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  return JSON.stringify({ ...json, [format === 'AVRO' ? 'doc' : 'description']: words })
}

/** Behind the messages of a file: the places of those stay what they are. */
function nameFrom(words: string): string {
  return `Restated_${words.replaceAll(/\W/g, '_')}`
}
