import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { insertShipments } from '../shipments.ts'

// C3: ships whatever comes.
const setup = fulfillmentFromEnvironment()

runFulfillment({ ...setup, consumer: setup.withSteps({ ship: insertShipments }) })
