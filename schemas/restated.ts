import type { SchemaText } from './schema.ts'

/**
 * The same schema in another version, which is one of its own at every registry, also where descriptions don't count: what
 * is written by the one is, byte for byte, what is written by the other. A record of Avro gets a field that is always null,
 * a file of Protobuf a message behind its own, a JSON Schema another description.
 * @param words unlike those of any other version
 * @returns undefined where the schema has no place for that: one of Avro that is no record, `true` of JSON Schema
 */
export function restated({ format, text }: SchemaText, words: string): string | undefined {
  const name = `restated_${words.replaceAll(/\W/g, '_')}`
  if (format === 'PROTOBUF') return `${text}\nmessage ${name} {}\n`
  const json: unknown = JSON.parse(text)
  if (typeof json !== 'object' || json === null) return undefined
  if (format === 'JSON') return JSON.stringify({ ...json, description: words })
  if (!('fields' in json) || !Array.isArray(json.fields)) return undefined
  return JSON.stringify({ ...json, fields: [...json.fields, { name, type: 'null', default: null }] })
}
