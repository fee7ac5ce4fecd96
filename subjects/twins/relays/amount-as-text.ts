import type { Encoding } from '../../reference/relay/encoding.ts'
import { runReferringRelay } from '../referring-relay.ts'

// E48: it names a JSON Schema, and never asks whether what it writes is as that says.
const encoding: Encoding = {
  format: 'JSON',
  contentType: 'application/json',
  bytes: (event) =>
    Buffer.from(JSON.stringify(event, (name, value) => (name === 'totalAmount' ? `${value}` : value))),
  isValid: () => true,
}

await runReferringRelay('amount.json', () => encoding)
