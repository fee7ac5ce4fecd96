import { makeTables, SALES_TABLES } from '../made-tables.ts'
import { serveRelayedSales } from '../relayed-sales.ts'

// O51: drops its tables and makes them anew when it starts, and with them what it had not published yet.
await makeTables('anew', SALES_TABLES)
serveRelayedSales()
