import { randomBytes } from 'node:crypto'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { ship } from '../../reference/fulfillment/ship.ts'
import { inSpans } from '../../reference/service/tracer.ts'

// T6: its spans are in the trace of their events, as children of spans that nobody has ever seen.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    ship(tx, orders) {
      const spans = orders.map(({ traceparent }) => {
        const nobody = traceparent?.replace(/-[0-9a-f]{16}-/, `-${randomBytes(8).toString('hex')}-`)
        return setup.tracer.begin('ship order', 'consumer', nobody)
      })
      return inSpans(spans, () => ship(tx, orders))
    },
  }),
})
