import { Ajv } from 'ajv'
import type { Encoding } from '../../reference/relay/encoding.ts'
import { runReferringRelay } from '../referring-relay.ts'

function encoding(schema: string, referred: string): Encoding {
  const validate = new Ajv().addSchema(JSON.parse(referred), 'amount.json').compile(JSON.parse(schema))
  return {
    format: 'JSON',
    contentType: 'application/json',
    bytes: (event) => Buffer.from(JSON.stringify(event)),
    isValid: (event) => validate(event),
  }
}

// B76: JSON by a schema that refers to one of another subject.
await runReferringRelay('amount.json', encoding)
