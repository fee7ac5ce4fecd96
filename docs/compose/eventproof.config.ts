import { defineConfig } from 'eventproof'

const file = 'docker-compose.yml'

export default defineConfig({
  services: {
    orders: { compose: { file, service: 'orders' }, migrations: ['../../subjects/reference/db/00*.sql'] },
    relay: { compose: { file, service: 'relay' }, env: { TOPIC_PREFIX: '{topicPrefix}' } },
  },
  publishers: {
    orders: {
      service: 'orders',
      relay: 'relay',
      command: {
        http: {
          method: 'PUT',
          path: '/orders/{key}',
          json: { customerId: '{key}', totalAmount: '{amount}' },
        },
      },
      state: { table: 'orders', id: 'id', amount: 'total_amount' },
      outbox: {
        table: 'outbox_events',
        id: 'id',
        aggregateId: 'aggregate_id',
        payload: 'payload',
        published: 'published',
      },
      topic: 'order-events',
      eventId: { header: 'eventId' },
    },
  },
})
