import { join } from 'node:path'
import { defineConfig } from 'eventproof'

const env = {
  DB_HOST: '{postgres.host}',
  DB_PORT: '{postgres.port}',
  DB_USER: '{postgres.user}',
  DB_PASSWORD: '{postgres.password}',
  KAFKA_BROKERS: '{kafka.bootstrapServers}',
  PORT: '{port}',
  SPRING_PROFILES_ACTIVE: process.env.PROFILE ?? 'default',
}

export default defineConfig({
  services: {
    stays: {
      // It is started often and lives for a minute: what a JVM gains in an hour is not waited for.
      command: [
        'java',
        '-XX:TieredStopAtLevel=1',
        '-XX:+UseSerialGC',
        '-jar',
        join(process.env.JARS ?? 'target', 'stays.jar'),
      ],
      env,
      ready: { http: '/health' },
      startWithin: '180s',
      database: 'stays',
    },
  },
  publishers: {
    bookings: {
      service: 'stays',
      relay: 'polling',
      command: {
        http: { method: 'POST', path: '/stays', json: { guest: 'somebody', price: '{amount}' } },
        answer: { id: '$.id' },
      },
      state: { table: 'stays', id: 'id', amount: 'price' },
      outbox: {
        table: 'outbox_messages',
        id: 'message_id',
        aggregateId: 'stay_id',
        payload: 'body',
        published: 'sent',
        parked: 'refused',
      },
      topic: 'stays',
      eventId: { header: 'messageId' },
    },
  },
  consumers: {
    invoicing: {
      service: 'stays',
      topic: 'invoice-requests',
      group: 'invoicing',
      eventId: { header: 'messageId' },
      event: { headers: { messageId: '{eventId}' }, json: { customer: '{key}', amount: '{amount}' } },
      effects: { table: 'invoices', eventId: 'message_id', key: 'customer', amount: 'amount' },
      retry: {
        attempts: 4,
        delays: ['1s', '2s', '4s'],
        topics: ['invoice-requests-retry-0', 'invoice-requests-retry-1', 'invoice-requests-retry-2'],
        deadLetter: 'invoice-requests-dlt',
      },
      order: 'none',
    },
  },
})
