import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// O15: tells the order's state of now instead of the one that was committed with the event.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async publish(rows) {
      const ids = rows.map(({ aggregateId }) => aggregateId)
      const { rows: now } = await setup.database.query(
        `SELECT id, json_build_object('orderId', id, 'customerId', customer_id, 'totalAmount', total_amount,
                 'version', version)::text AS payload FROM orders WHERE id = ANY ($1)`,
        [ids],
      )
      const payloads = new Map(now.map(({ id, payload }) => [id as string, payload as string]))
      return setup.steps.publish(
        rows.map((row) => ({ ...row, payload: payloads.get(row.aggregateId) ?? row.payload })),
      )
    },
  }),
})
