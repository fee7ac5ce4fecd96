import { createHash } from 'node:crypto'
import { payKnownBy } from '../charging.ts'

// B64: the key is a hash of the event's id, the same at each try; only the trace tells which event it is.
payKnownBy(({ eventId, traceparent = '' }) => ({
  'idempotency-key': createHash('sha256').update(eventId).digest('hex'),
  traceparent,
}))
