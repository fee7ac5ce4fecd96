// Parcels: packs one for each purchase. A message that comes twice is packed once.
import { Kafka, logLevel } from 'kafkajs'
import pg from 'pg'

const { DATABASE_URL, KAFKA_BROKERS } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL })
pool.on('error', (error) => console.error('database', error.message))
// A client that is in use when its connection ends tells that, too, beside the query that fails.
pool.on('connect', (client) => client.on('error', () => {}))

await pool.query(`
  SELECT pg_advisory_xact_lock(1);
  CREATE TABLE IF NOT EXISTS parcels (
    id bigserial PRIMARY KEY, purchase bigint NOT NULL, total integer NOT NULL, packed_at timestamptz DEFAULT now());
  CREATE TABLE IF NOT EXISTS seen_messages (id text PRIMARY KEY);`)

async function pack(messageId, { purchase, total }) {
  const client = await pool.connect()
  let broken
  try {
    await client.query('BEGIN')
    const first = await client.query('INSERT INTO seen_messages VALUES ($1) ON CONFLICT DO NOTHING', [
      messageId,
    ])
    if (first.rowCount === 1)
      await client.query('INSERT INTO parcels (purchase, total) VALUES ($1, $2)', [purchase, total])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch((cause) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
  }
}

const kafka = new Kafka({ clientId: 'parcels', brokers: KAFKA_BROKERS.split(','), logLevel: logLevel.ERROR })
const consumer = kafka.consumer({ groupId: 'parcels' })
consumer.on(consumer.events.GROUP_JOIN, () => console.log('joined the group'))
await consumer.connect()
await consumer.subscribe({ topic: 'purchases', fromBeginning: true })
await consumer.run({
  eachMessage: ({ message }) =>
    pack(message.headers['message-id'].toString(), JSON.parse(message.value.toString())),
})

for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, async () => {
    await consumer.disconnect()
    await pool.end()
    process.exit()
  })
