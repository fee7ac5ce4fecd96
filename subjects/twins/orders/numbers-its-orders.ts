import { appendEvent } from '../../reference/orders/outbox.ts'
import { transaction } from '../../reference/service/transaction.ts'
import { insertSale, saleEvent, salesDatabase, serveSales, updateSale } from '../sales.ts'

// B50: knows no ids but its own. A command tells a customer and an amount; the database numbers the order.
const database = salesDatabase()

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
