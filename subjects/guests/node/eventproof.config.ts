import { defineConfig } from 'eventproof'

const env = { DATABASE_URL: '{postgres.url}', KAFKA_BROKERS: '{kafka.bootstrapServers}', PORT: '{port}' }

// One of the two consumers remembers nothing: it has no such table.
const remembers = process.env.PARCELS === undefined

// On a stack of containers the same programs may be images.
const { IMAGES_FROM: context } = process.env
const image = context === undefined ? {} : { image: { context, dockerfile: 'Dockerfile' } }

export default defineConfig({
  services: {
    shop: { ...image, command: ['node', process.env.SHOP ?? 'shop.mjs'], env, ready: { http: '/healthz' } },
    parcels: {
      ...image,
      command: ['node', process.env.PARCELS ?? 'parcels.mjs'],
      env,
      ready: { log: 'joined the group' },
    },
  },
  publishers: {
    shop: {
      service: 'shop',
      relay: 'polling',
      command: {
        http: { method: 'POST', path: '/purchases', json: { customer: 'somebody', total: '{amount}' } },
        answer: { id: '$.id' },
      },
      state: { table: 'purchases', id: 'id', amount: 'total' },
      outbox: {
        table: 'outgoing',
        id: 'id',
        aggregateId: 'purchase_id',
        payload: 'body',
        published: 'sent_at',
        parked: 'refused_at',
      },
      topic: 'purchases',
      eventId: { header: 'message-id' },
      eventTypeHeader: 'message-type',
    },
  },
  consumers: {
    parcels: {
      service: 'parcels',
      topic: 'purchases',
      group: 'parcels',
      eventId: { header: 'message-id' },
      event: {
        key: '{key}',
        headers: { 'message-id': '{eventId}', 'message-type': 'purchased' },
        json: { purchase: '{key:number}', customer: 'somebody', total: '{amount}' },
      },
      effects: { table: 'parcels', key: 'purchase', amount: 'total' },
      ...(remembers ? { dedupe: { table: 'seen_messages', eventId: 'id' } } : {}),
    },
  },
})
