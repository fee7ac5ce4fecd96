import { randomBytes } from 'node:crypto'
import { relayWithContext } from '../relay-with-context.ts'

// B90: each send is a span of its own, so that copies have other parents; vendors' state and baggage travel beside it.
relayWithContext((traceparent, { aggregateId }) => ({
  traceparent: traceparent.replace(/-[0-9a-f]{16}-/, `-${randomBytes(8).toString('hex')}-`),
  tracestate: 'shop=t61rcWkgMzE',
  baggage: `order=${encodeURIComponent(aggregateId)}`,
}))
