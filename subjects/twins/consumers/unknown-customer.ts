import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { eventIds, insertShipments, remember, unseen } from '../shipments.ts'

// C26: skips what it can't ship yet, and remembers it as done.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      const fresh = await unseen(tx, orders)
      await remember(tx, eventIds(fresh))
      const { rows } = await tx.query<{ id: string }>('SELECT id FROM customers')
      const known = new Set(rows.map(({ id }) => id))
      await insertShipments(
        tx,
        fresh.filter(({ customerId }) => known.has(customerId)),
      )
    },
  }),
})
