import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { isFree } from '../../core/ports.ts'
import { until } from '../../core/until.ts'
import type { Stack } from '../../stacks/stack.ts'
import {
  at,
  client,
  createTopic,
  debezium,
  endOffset,
  plain,
  replicating,
  send,
  service,
  sql,
  theValue,
  topics,
} from './driver-probes.ts'

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

    test('a killed broker keeps what it acknowledged, and links lead to it again', async () => {
      await using link = await stack.link('to-the-killed', 'kafka')
      const topic = await createTopic(stack, 'outlives-a-kill')
      await send(at(link.port), topic, 'before')
      await stack.kafka.kill()
      await stack.kafka.restart()
      assert.equal(await endOffset(stack, topic), 1)
      await send(at(link.port), topic, 'after')
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

    test('Debezium carries a row to the log over a link, also by a worker that was killed and restarted', async () => {
      await stack.need(['connect'])
      await using database = await stack.database('captured')
      await using link = await stack.link('connect-kafka', 'kafka')
      await sql(database, 'CREATE TABLE rows (id int PRIMARY KEY)')
      const topic = await createTopic(stack, 'captured.public.rows')
      const config = debezium(database, 'captured', link.port)
      assert.equal((await stack.connect.request('PUT', '/connectors/captured/config', config)).status, 201)
      await replicating(database)
      await sql(database, 'INSERT INTO rows VALUES (1)')
      await until(async () => (await endOffset(stack, topic)) === 1, { what: 'the row', deadline: 20_000 })
      assert.ok((await link.traffic()).requests > 0)
      await stack.connect.kill()
      await sql(database, 'INSERT INTO rows VALUES (2)')
      await stack.connect.restart({ offsetFlushInterval: 60_000 })
      await until(async () => (await endOffset(stack, topic)) >= 2, {
        what: 'the second row',
        deadline: 30_000,
      })
      assert.equal((await stack.connect.request('DELETE', '/connectors/captured')).status, 204)
    })

    test('the registry refuses what is not backward compatible', async () => {
      await stack.need(['schema-registry'])
      const register = async (fields: readonly object[]) => {
        const schema = JSON.stringify({ type: 'record', name: 'Order', fields })
        const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' }
        const url = `${stack.schemaRegistry.url}/subjects/orders-value/versions`
        return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ schema }) })).status
      }
      assert.equal(await register([{ name: 'id', type: 'string' }]), 200)
      assert.equal(await register([{ name: 'total', type: 'long' }]), 409)
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
