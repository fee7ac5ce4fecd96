import { type ConsumedRecord, partitionName } from '../../reference/consumer/record.ts'
import { round } from '../../reference/consumer/round.ts'
import { type Order, orderOf } from '../../reference/fulfillment/order.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { ship } from '../../reference/fulfillment/ship.ts'

// B7: keeps how far it got in the database of its effects, in their transaction; the group stores nothing. With one worker:
// the position of another lane, committed first, would pass over what is still open in this one.
const setup = fulfillmentFromEnvironment()
const { database } = setup
const records = new WeakMap<Order, ConsumedRecord>()

runFulfillment({
  ...setup,
  consumer: {
    ...setup.withSteps({
      orderOf(record) {
        const order = orderOf(record)
        records.set(order, record)
        return order
      },
      async ship(tx, orders) {
        await ship(tx, orders)
        const places = orders.flatMap((order) => records.get(order) ?? [])
        for (const [, [first, ...more]] of [...Map.groupBy(places, partitionName)].sort()) {
          if (first === undefined) continue
          await tx.query(
            `INSERT INTO positions AS known (topic, "partition", next) VALUES ($1, $2, $3)
             ON CONFLICT (topic, "partition") DO UPDATE SET next = greatest(known.next, excluded.next)`,
            [first.topic, first.partition, String((more.at(-1) ?? first).offset + 1n)],
          )
        }
      },
    }),
    round(parts) {
      const reader: typeof parts.reader = {
        ...parts.reader,
        async positions(of, identity) {
          const positions = await parts.reader.positions(of, identity)
          for (const position of positions) {
            const { rows } = await database.query<{ next: string }>(
              'SELECT next FROM positions WHERE topic = $1 AND "partition" = $2',
              [position.topic, position.partition],
            )
            position.next = position.done = BigInt(rows[0]?.next ?? position.next)
          }
          return positions
        },
        async commit(positions) {
          for (const position of positions) position.committed = position.done
        },
        [Symbol.asyncDispose]: () => parts.reader[Symbol.asyncDispose](),
      }
      return round({ ...parts, reader })
    },
  },
})
