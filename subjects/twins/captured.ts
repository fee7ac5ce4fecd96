import { businessTable } from './connectors/business-table.ts'
import { withConnector } from './twin.ts'

/** The order service without an outbox: its connector captures the orders themselves. */
export function withCapturedOrders(migrations: readonly string[]) {
  return withConnector(businessTable, {
    without: true,
    migrations,
    publisher: { eventId: { header: 'lsn' }, eventTypeHeader: 'op' },
  })
}
