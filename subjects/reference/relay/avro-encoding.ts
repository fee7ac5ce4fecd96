import avro from 'avsc'
import type { Encoding } from './encoding.ts'

/** @param schema the text of an Avro schema */
export function avroEncoding(schema: string): Encoding {
  const type = avro.Type.forSchema(JSON.parse(schema))
  return {
    format: 'AVRO',
    contentType: 'application/avro',
    bytes: (event) => type.toBuffer(event),
    isValid: (event) => type.isValid(event),
  }
}
