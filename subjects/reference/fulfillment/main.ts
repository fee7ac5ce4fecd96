import { fulfillmentFromEnvironment, runFulfillment } from './setup.ts'

runFulfillment(fulfillmentFromEnvironment())
