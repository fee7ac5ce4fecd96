import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { FULFILLMENT_TABLES, makeTables } from '../made-tables.ts'

// B53: no migrations beside it: what is not there when it starts it makes.
await makeTables('missing', FULFILLMENT_TABLES)
runFulfillment(fulfillmentFromEnvironment())
