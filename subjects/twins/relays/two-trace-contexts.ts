import { randomBytes } from 'node:crypto'
import { relayWithContext } from '../relay-with-context.ts'

// T3: adds the context of a span of its own, and leaves the one that was there.
relayWithContext((traceparent) => {
  const own = traceparent.replace(/-[0-9a-f]{16}-/, `-${randomBytes(8).toString('hex')}-`)
  return { traceparent: [traceparent, own] }
})
