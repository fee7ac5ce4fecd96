import { randomUUID } from 'node:crypto'
import { payKnownBy } from '../charging.ts'

// C41: each try has an idempotency key of its own: the gateway takes the money once a try.
payKnownBy(() => ({ 'idempotency-key': randomUUID() }))
