import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { addUp } from '../totals.ts'

// C31: keeps one sum an order, and adds to it whatever comes.
const setup = fulfillmentFromEnvironment()

runFulfillment({ ...setup, consumer: setup.withSteps({ ship: addUp }) })
