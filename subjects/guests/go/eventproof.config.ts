import { defineConfig } from 'eventproof'

const env = { DATABASE_URL: '{postgres.url}', KAFKA_BROKERS: '{kafka.bootstrapServers}', PORT: '{port}' }

// On a stack of containers the same programs may be images; they stand at the root of theirs.
const { IMAGES_FROM: context } = process.env
const image = context === undefined ? {} : { image: { context, dockerfile: 'Dockerfile' } }
const program = (name: string) => (context === undefined ? name : `/${name}`)

export default defineConfig({
  services: {
    shop: {
      ...image,
      command: [program('shop'), process.env.SHOP ?? 'careful'],
      env,
      ready: { http: '/health' },
    },
    seats: { ...image, command: [program('seats')], env, ready: { log: 'assigned' } },
  },
  publishers: {
    shop: {
      service: 'shop',
      relay: 'polling',
      command: {
        http: { method: 'POST', path: '/tickets', json: { holder: 'somebody', price: '{amount}' } },
        answer: { id: '$.id' },
      },
      state: { table: 'tickets', id: 'id', amount: 'price' },
      outbox: {
        table: 'outbox',
        id: 'id',
        aggregateId: 'ticket_id',
        payload: 'payload',
        published: 'published',
        parked: 'refused',
      },
      topic: 'tickets',
      eventId: { header: 'event_id' },
    },
  },
  consumers: {
    seats: {
      service: 'seats',
      topic: 'tickets',
      group: 'seats',
      eventId: { header: 'event_id' },
      event: {
        headers: { event_id: '{eventId}' },
        json: { id: '{key:number}', holder: 'somebody', price: '{amount}' },
      },
      effects: { table: 'seats', key: 'ticket_id', amount: 'price' },
      dedupe: { table: 'handled_events', eventId: 'event_id' },
    },
  },
})
