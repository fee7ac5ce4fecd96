import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { FULFILLMENT_TABLES, makeTables } from '../made-tables.ts'

// C50: drops its tables and makes them anew when it starts, and with them what it had done and remembered.
await makeTables('anew', FULFILLMENT_TABLES)
runFulfillment(fulfillmentFromEnvironment())
