import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { shipWaiting, startWorking, store } from '../inbox.ts'

// B102: stores what it reads in an inbox, commits, and ships later, out of the inbox.
const setup = fulfillmentFromEnvironment()
const { database } = setup

runFulfillment({
  ...setup,
  consumer: setup.withSteps({ ship: store }),
  announce() {
    const parts = new AsyncDisposableStack()
    parts.use(setup.announce())
    parts.use(startWorking(() => shipWaiting(database)))
    return parts
  },
})
