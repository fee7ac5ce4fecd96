import { readAvro } from './avro.ts'
import { readJsonSchema } from './json-schema.ts'
import { readProtobuf } from './protobuf.ts'
import type { FormatName, ReferredText, Schema, SchemaText } from './schema.ts'

const READERS: Readonly<Record<FormatName, (text: string, references?: readonly ReferredText[]) => Schema>> =
  {
    AVRO: readAvro,
    PROTOBUF: readProtobuf,
    JSON: readJsonSchema,
  }

/** @throws {NoSchema} with the format's own words */
export function readSchema({ format, text, references }: SchemaText): Schema {
  return READERS[format](text, references)
}

/** Files of schemas are told by their endings. */
const ENDINGS: Readonly<Record<string, FormatName>> = { avsc: 'AVRO', proto: 'PROTOBUF', json: 'JSON' }

export const SCHEMA_FILES = Object.keys(ENDINGS).map((ending) => `.${ending}`)

export function formatOfFile(path: string): FormatName | undefined {
  return ENDINGS[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
}
