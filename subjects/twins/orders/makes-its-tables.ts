import { makeTables, SALES_TABLES } from '../made-tables.ts'
import { serveRelayedSales } from '../relayed-sales.ts'

// B52: no migrations beside it: what is not there when it starts it makes.
await makeTables('missing', SALES_TABLES)
serveRelayedSales()
