import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { ship } from '../../reference/fulfillment/ship.ts'
import { inSpan } from '../../reference/service/tracer.ts'

// B91: what is shipped in one transaction is one trace of its own, with a link to the trace of each event.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    ship(tx, orders) {
      const links = orders.map(({ traceparent }) => traceparent)
      const span = setup.tracer.begin('ship orders', 'consumer', undefined, links)
      return inSpan(span, (traceparent) =>
        ship(
          tx,
          orders.map((order) => ({ ...order, traceparent: traceparent ?? null })),
        ),
      )
    },
  }),
})
