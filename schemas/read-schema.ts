import { readAvro } from './avro.ts'
import { readJsonSchema } from './json-schema.ts'
import { readProtobuf } from './protobuf.ts'
import type { FormatName, Schema, SchemaText } from './schema.ts'

const READERS: Readonly<Record<FormatName, (text: string) => Schema>> = {
  AVRO: readAvro,
  PROTOBUF: readProtobuf,
  JSON: readJsonSchema,
}

/** @throws {NoSchema} with the format's own words */
export function readSchema({ format, text }: SchemaText): Schema {
  return READERS[format](text)
}

/** Files of schemas are told by their endings. */
const ENDINGS: Readonly<Record<string, FormatName>> = { avsc: 'AVRO', proto: 'PROTOBUF', json: 'JSON' }

export const SCHEMA_FILES = Object.keys(ENDINGS).map((ending) => `.${ending}`)

export function formatOfFile(path: string): FormatName | undefined {
  return ENDINGS[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
}
