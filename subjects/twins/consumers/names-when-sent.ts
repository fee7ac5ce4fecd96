import { randomUUID } from 'node:crypto'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { unpublishable } from '../../reference/relay/publishable.ts'

// C82: gives an announcement its id when it is sent: what is sent again has another one.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  announce: () =>
    setup.announce({
      register: async () => {},
      message: (row) => cloudEvent({ ...row, id: randomUUID() }, '/fulfillment-service'),
      unpublishable,
    }),
})
