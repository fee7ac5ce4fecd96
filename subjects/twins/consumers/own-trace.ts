import { randomBytes } from 'node:crypto'
import { orderOf } from '../../reference/fulfillment/order.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// T4: each event begins a trace of its own.
const setup = fulfillmentFromEnvironment()
const hex = (bytes: number) => randomBytes(bytes).toString('hex')

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    orderOf: (record) => ({ ...orderOf(record), traceparent: `00-${hex(16)}-${hex(8)}-01` }),
  }),
})
