import { defineConfig } from 'eventproof'

const env = { DATABASE_URL: '{postgres.url}', KAFKA_BROKERS: '{kafka.bootstrapServers}', PORT: '{port}' }

export default defineConfig({
  services: {
    shop: { command: ['python3', process.env.SHOP ?? 'shop.py'], env, ready: { http: '/health' } },
    rooms: { command: ['python3', process.env.ROOMS ?? 'rooms.py'], env, ready: { log: 'assigned' } },
  },
  publishers: {
    shop: {
      service: 'shop',
      relay: 'polling',
      command: {
        http: { method: 'POST', path: '/bookings', json: { guest: 'somebody', price: '{amount}' } },
        answer: { id: '$.booking' },
      },
      state: { table: 'bookings', id: 'booking_no', amount: 'price' },
      outbox: {
        table: 'outbox',
        id: 'event_id',
        aggregateId: 'booking_no',
        payload: 'payload',
        published: 'status',
      },
      topic: 'bookings',
      eventId: { json: '$.eventId' },
    },
  },
  consumers: {
    rooms: {
      service: 'rooms',
      topic: 'bookings',
      group: 'rooms',
      eventId: { json: '$.eventId' },
      event: { json: { eventId: '{eventId}', booking: '{key}', guest: 'somebody', price: '{amount}' } },
      effects: { table: 'rooms', eventId: 'event_id', key: 'booking_no', amount: 'price' },
      dedupe: { table: 'handled', eventId: 'event_id' },
    },
  },
})
