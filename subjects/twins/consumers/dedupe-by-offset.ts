import { type ConsumedRecord, place } from '../../reference/consumer/record.ts'
import { type Order, orderOf } from '../../reference/fulfillment/order.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { insertShipments, remember, unseen } from '../shipments.ts'

// C11: knows records by their offset; the same event at another offset is a new one to it.
const setup = fulfillmentFromEnvironment()
const places = new WeakMap<Order, string>()
const placeOf = (order: Order) => places.get(order) ?? ''

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    orderOf(record: ConsumedRecord) {
      const order = orderOf(record)
      places.set(order, place(record))
      return order
    },
    async ship(tx, orders) {
      const fresh = await unseen(tx, orders, placeOf)
      await remember(tx, fresh.map(placeOf))
      await insertShipments(tx, fresh)
    },
  }),
})
