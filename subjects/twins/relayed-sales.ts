import { appendEvent } from '../reference/orders/outbox.ts'
import { startRelay } from '../reference/relay/relay.ts'
import { relayFromEnvironment } from '../reference/relay/setup.ts'
import { transaction } from '../reference/service/transaction.ts'
import { insertSale, saleEvent, salesDatabase, serveSales, updateSale } from './sales.ts'

/** Takes orders, numbers them itself, and moves their events to the broker in the same process. */
export function serveRelayedSales(): void {
  const database = salesDatabase()
  startRelay(relayFromEnvironment())
  serveSales(
    {
      place: (asked) =>
        transaction(database, async (tx) => {
          const sale = await insertSale(tx, asked)
          await appendEvent(tx, saleEvent(sale))
          return sale
        }),
      change: (id, asked) =>
        transaction(database, async (tx) => {
          const sale = await updateSale(tx, id, asked)
          if (sale) await appendEvent(tx, saleEvent(sale))
          return sale
        }),
    },
    database,
  )
}
