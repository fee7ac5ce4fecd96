import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import pg from 'pg'
import { isFree } from '../core/ports.ts'
import { until } from '../core/until.ts'
import type { Database, ServiceSpec, Stack } from './stack.ts'

/**
 * What every driver must do, whatever it runs the components with. Call it in a test file of the driver.
 * @param open a stack on which nothing is started yet
 */
export function driverContract(name: string, open: () => Promise<Stack>): void {
  describe(`driver contract: ${name}`, () => {
    let stack: Stack
    before(async () => {
      stack = await open()
      await stack.need(['postgres', 'kafka', 'toxiproxy'])
    })
    after(() => stack[Symbol.asyncDispose]())

    test('a record passes through a link, and the client stays on it', async () => {
      await using link = await stack.link('plain', 'kafka')
      const topic = await createTopic(stack, 'through-link')
      await send(at(link.port), topic, 'one')
      assert.equal(await endOffset(stack, topic), 1)
      const { requests, responses } = await link.traffic()
      assert.ok(requests > 0 && responses > 0)
    })

    test('with its responses swallowed a record is stored and not acknowledged; healing restores', async () => {
      await using link = await stack.link('deaf', 'kafka')
      const topic = await createTopic(stack, 'stored-not-acknowledged')
      const producer = client(at(link.port), 1000).producer(plain)
      await producer.connect()
      await producer.send({ topic, messages: [{ value: 'before' }] })
      const before = await link.traffic()
      await link.blackhole('responses')
      await assert.rejects(producer.send({ topic, messages: [{ value: 'during' }], timeout: 500 }))
      assert.ok((await endOffset(stack, topic)) >= 2)
      await producer.disconnect()
      await link.heal()
      assert.ok((await link.traffic()).requests >= before.requests, 'healing does not reset the counters')
      await send(at(link.port), topic, 'after')
    })

    test('with its requests swallowed nothing is stored', async () => {
      await using link = await stack.link('mute', 'kafka')
      const topic = await createTopic(stack, 'never-stored')
      const producer = client(at(link.port), 1000).producer(plain)
      await producer.connect()
      await producer.send({ topic, messages: [{ value: 'before' }] })
      await link.blackhole('requests')
      await assert.rejects(producer.send({ topic, messages: [{ value: 'during' }], timeout: 500 }))
      assert.equal(await endOffset(stack, topic), 1)
      await producer.disconnect()
    })

    test('a cut link refuses, a slow one delays', async () => {
      await using database = await stack.database('linked')
      await using link = await stack.link('orders-db', database)
      const url = database.url.replace(`:${database.port}/`, `:${link.port}/`)
      await link.slow('responses', 150)
      const begun = performance.now()
      assert.equal(await theValue(url, 'SELECT 1 AS value'), 1)
      assert.ok(performance.now() - begun >= 150)
      await link.cut()
      await assert.rejects(theValue(url, 'SELECT 1 AS value'))
      await link.heal()
      assert.equal(await theValue(url, 'SELECT 1 AS value'), 1)
    })

    test('every listener for links is used again after it was given back', async () => {
      const before = await Promise.all(Array.from({ length: 10 }, () => stack.kafkaListener()))
      assert.equal(new Set(before.map(({ advertisedPort }) => advertisedPort)).size, 10)
      const waiting = stack.kafkaListener()
      await before[3]?.[Symbol.asyncDispose]()
      const next = await waiting
      assert.equal(next.advertisedPort, before[3]?.advertisedPort)
      await Promise.all([...before, next].map((listener) => listener[Symbol.asyncDispose]()))
    })

    test('a killed Postgres keeps what was committed', async () => {
      await using database = await stack.database('killed', { ownServer: true })
      await sql(database, 'CREATE TABLE kept (id int)')
      await sql(database, 'INSERT INTO kept SELECT generate_series(1, 100)')
      await database.server.kill()
      await assert.rejects(sql(database, 'SELECT 1'))
      await database.server.restart()
      assert.equal(Number(await theValue(database.url, 'SELECT count(*) AS value FROM kept')), 100)
    })

    test('a disposed database is gone, with its sessions and slots', async () => {
      const database = await stack.database('dropped')
      const session = new pg.Client(database.url)
      session.on('error', () => {})
      await session.connect()
      await session.query(`SELECT pg_create_logical_replication_slot('of_dropped', 'pgoutput')`)
      await database[Symbol.asyncDispose]()
      await using other = await stack.database('other')
      const slots = await theValue(other.url, `SELECT count(*) AS value FROM pg_replication_slots`)
      assert.equal(Number(slots), 0)
      await assert.rejects(theValue(database.url, 'SELECT 1 AS value'), { code: '3D000' })
    })

    test('a service that dies at start is told with its last lines', async () => {
      const spec = await service(stack, `console.error('no such table'); process.exit(4)`)
      await assert.rejects(
        stack.service(spec),
        (error: Error & { detail: { what: string; last: string } }) => {
          assert.equal((error as { code?: string }).code, 'EVENTPROOF_SERVICE_DIED')
          assert.match(error.detail.what, /exit code 4/)
          assert.match(error.detail.last, /no such table/)
          return true
        },
      )
    })

    test('a service that never gets ready is told with the last answer, and ended', async () => {
      const unready = `require('http').createServer((_, r) => r.writeHead(503).end()).listen(process.env.PORT, '127.0.0.1')`
      const spec = await service(stack, unready, { deadline: 1500 })
      await assert.rejects(stack.service(spec), (error: Error & { detail: { last: string } }) => {
        assert.equal((error as { code?: string }).code, 'EVENTPROOF_SERVICE_NOT_READY')
        assert.match(error.detail.last, /HTTP 503/)
        return true
      })
      assert.ok(await isFree(spec.port))
    })

    test('a service can be killed, started again, held and let go', async () => {
      const events: string[] = []
      const healthy = `require('http').createServer((_, r) => r.end('ok')).listen(process.env.PORT, '127.0.0.1')`
      const spec = await service(stack, healthy, { on: ({ event }) => events.push(event) })
      await using running = await stack.service(spec)
      const first = running.pid
      await running.kill()
      assert.equal(running.running, false)
      await running.restart()
      assert.notEqual(running.pid, first)
      running.pause()
      running.resume()
      await running.stop()
      assert.deepEqual(events.slice(0, 5), ['started', 'ready', 'killed', 'exited', 'started'])
    })

    test('a port that is taken is refused', async () => {
      const spec = await service(stack, '')
      const other = createServer().listen(spec.port, '127.0.0.1')
      await assert.rejects(stack.service(spec), { code: 'EVENTPROOF_PORT_OCCUPIED' })
      other.close()
    })

    test('two stacks side by side do not see each other, and one ends without a trace', async () => {
      const second = await open()
      await second.need(['postgres', 'kafka'])
      const topic = await createTopic(second, 'of-the-second')
      assert.notEqual(second.kafka.clusterId, stack.kafka.clusterId)
      assert.equal((await topics(stack)).includes(topic), false)
      const database = await second.database('same_name')
      await using _same = await stack.database('same_name')
      const ports = [Number(second.kafka.bootstrapServers.split(':')[1]), database.port]
      await second[Symbol.asyncDispose]()
      for (const port of ports) assert.ok(await isFree(port), `port ${port} is still in use`)
      await createTopic(stack, 'of-the-first')
    })
  })
}

const plain = { createPartitioner: Partitioners.DefaultPartitioner, retry: { retries: 0 } }

function at(port: number): string {
  return `127.0.0.1:${port}`
}

function client(broker: string, requestTimeout = 10_000): Kafka {
  return new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING, requestTimeout, retry: { retries: 2 } })
}

async function createTopic(stack: Stack, topic: string): Promise<string> {
  const admin = client(stack.kafka.bootstrapServers).admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true })
  await admin.disconnect()
  return topic
}

async function topics(stack: Stack): Promise<string[]> {
  const admin = client(stack.kafka.bootstrapServers).admin()
  await admin.connect()
  const found = await admin.listTopics()
  await admin.disconnect()
  return found
}

async function endOffset(stack: Stack, topic: string): Promise<number> {
  const admin = client(stack.kafka.bootstrapServers).admin()
  await admin.connect()
  const [partition] = await admin.fetchTopicOffsets(topic)
  await admin.disconnect()
  return Number(partition?.high)
}

async function send(broker: string, topic: string, value: string): Promise<void> {
  const producer = client(broker).producer(plain)
  await producer.connect()
  await until(async () => producer.send({ topic, messages: [{ value }] }), {
    what: 'an acknowledgement',
    deadline: 10_000,
  })
  await producer.disconnect()
}

async function theValue(url: string, query: string): Promise<unknown> {
  const session = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  session.on('error', () => {})
  await session.connect()
  try {
    return (await session.query(query)).rows[0]?.value
  } finally {
    await session.end()
  }
}

async function sql(database: Database, query: string): Promise<void> {
  await theValue(database.url, query)
}

async function service(stack: Stack, script: string, more: Partial<ServiceSpec> = {}): Promise<ServiceSpec> {
  const port = await stack.port()
  return {
    name: `service-${port}`,
    instance: 0,
    command: ['node', '-e', script],
    cwd: '/',
    env: { PORT: String(port) },
    ready: { http: '/health' },
    deadline: 15_000,
    port,
    ...more,
  }
}
