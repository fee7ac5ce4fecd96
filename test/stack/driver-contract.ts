import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { endpointText, firstEndpoint } from '../../core/endpoint.ts'
import { until } from '../../core/until.ts'
import { createTopics } from '../../proof/observers/topics.ts'
import type { Stack } from '../../stacks/stack.ts'
import {
  at,
  client,
  createTopic,
  debezium,
  endOffset,
  plain,
  refuses,
  replicating,
  send,
  sql,
  theValue,
  topics,
} from './driver-probes.ts'
import { type NodePrograms, serviceContract } from './service-contract.ts'

/**
 * What every driver must do that has the capability, whatever it runs the components with. Call it in a test file of
 * the driver.
 * @param open a stack on which nothing is started yet
 * @param programs how a service is run from a script; default: as a command of this machine
 */
export function driverContract(name: string, open: () => Promise<Stack>, programs?: NodePrograms): void {
  describe(`driver contract: ${name}`, () => {
    let stack: Stack
    before(async () => {
      stack = await open()
      await stack.need(['postgres', 'kafka', 'toxiproxy'])
    })
    after(() => stack[Symbol.asyncDispose]())

    test('a record passes through a link, and the client stays on it', async () => {
      await using link = await stack.link('plain', 'kafka', 'host')
      const topic = await createTopic(stack, 'through-link')
      await send(at(link), topic, 'one')
      assert.equal(await endOffset(stack, topic), 1)
      const { requests, responses } = await link.traffic()
      assert.ok(requests > 0 && responses > 0)
    })

    test('with its responses swallowed a record is stored and not acknowledged; healing restores', async () => {
      await using link = await stack.link('deaf', 'kafka', 'host')
      const topic = await createTopic(stack, 'stored-not-acknowledged')
      const producer = client(at(link), 1000).producer(plain)
      await producer.connect()
      await producer.send({ topic, messages: [{ value: 'before' }] })
      const before = await link.traffic()
      await link.blackhole('responses')
      await assert.rejects(producer.send({ topic, messages: [{ value: 'during' }], timeout: 500 }))
      assert.ok((await endOffset(stack, topic)) >= 2)
      await producer.disconnect()
      await link.heal()
      assert.ok((await link.traffic()).requests >= before.requests, 'healing does not reset the counters')
      await send(at(link), topic, 'after')
    })

    test('with its requests swallowed nothing is stored', async () => {
      await using link = await stack.link('mute', 'kafka', 'host')
      const topic = await createTopic(stack, 'never-stored')
      const producer = client(at(link), 1000).producer(plain)
      await producer.connect()
      await producer.send({ topic, messages: [{ value: 'before' }] })
      await link.blackhole('requests')
      await assert.rejects(producer.send({ topic, messages: [{ value: 'during' }], timeout: 500 }))
      assert.equal(await endOffset(stack, topic), 1)
      await producer.disconnect()
    })

    test('a cut link refuses, a slow one delays', async () => {
      await using database = await stack.database('linked')
      await using link = await stack.link('orders-db', database, 'host')
      const url = database.url('host').replace(endpointText(database.endpoint('host')), at(link))
      await link.slow('responses', 150)
      const begun = performance.now()
      assert.equal(await theValue(url, 'SELECT 1 AS value'), 1)
      assert.ok(performance.now() - begun >= 150)
      await link.cut()
      await assert.rejects(theValue(url, 'SELECT 1 AS value'))
      await link.heal()
      assert.equal(await theValue(url, 'SELECT 1 AS value'), 1)
    })

    test('a killed Postgres keeps what was committed', async (t) => {
      if (!stack.capabilities.has('kill-postgres')) return t.skip('this stack does not kill servers')
      await using database = await stack.database('killed', { ownServer: true })
      await sql(database, 'CREATE TABLE kept (id int)')
      await sql(database, 'INSERT INTO kept SELECT generate_series(1, 100)')
      const { id } = database.server
      await database.server.kill()
      assert.equal(database.server.running, false)
      await assert.rejects(sql(database, 'SELECT 1'))
      await database.server.restart()
      assert.notEqual(database.server.id, id)
      assert.equal(Number(await theValue(database.url('host'), 'SELECT count(*) AS value FROM kept')), 100)
    })

    test('a broker that stood still goes on', async (t) => {
      if (!stack.capabilities.has('kill-kafka')) return t.skip('this stack does not hurt its broker')
      const topic = await createTopic(stack, 'stood-still')
      await stack.kafka.pause()
      const sent = send(stack.kafka.bootstrapServers('host'), topic, 'late')
      const early = await Promise.race([sent.then(() => 'sent'), pause(500).then(() => 'waits')])
      assert.equal(early, 'waits')
      await stack.kafka.resume()
      await sent
    })

    test('a killed broker keeps what it acknowledged, and links lead to it again', async (t) => {
      if (!stack.capabilities.has('kill-kafka')) return t.skip('this stack does not hurt its broker')
      await using link = await stack.link('to-the-killed', 'kafka', 'host')
      const topic = await createTopic(stack, 'outlives-a-kill')
      await send(at(link), topic, 'before')
      await stack.kafka.kill()
      await stack.kafka.restart()
      assert.equal(await endOffset(stack, topic), 1)
      await send(at(link), topic, 'after')
    })

    test('a broker of its own knows nothing of the shared one, is hurt alone, and is gone afterwards', async () => {
      const topic = await createTopic(stack, 'on-both')
      const own = await stack.broker()
      assert.notEqual(own.kafka.clusterId, stack.kafka.clusterId)
      const server = own.kafka.bootstrapServers('host')
      {
        await using link = await own.link('to-its-own', 'host')
        await using writer = await own.kafka.writer()
        await createTopics(server, { [topic]: 1 })
        await writer.write(topic, { key: null, value: 'alone' })
        await send(at(link), topic, 'through its own link')
        await link.cut()
        await assert.rejects(send(at(link), topic, 'never'))
        await send(stack.kafka.bootstrapServers('host'), topic, 'on the shared one')
      }
      assert.equal(await endOffset(stack, topic), 1)
      await own[Symbol.asyncDispose]()
      assert.ok(await refuses(firstEndpoint(server)))
    })

    test('a disposed database is gone, with its sessions and slots', async () => {
      const database = await stack.database('dropped')
      const session = new pg.Client(database.url('host'))
      session.on('error', () => {})
      await session.connect()
      await session.query(`SELECT pg_create_logical_replication_slot('of_dropped', 'pgoutput')`)
      await database[Symbol.asyncDispose]()
      await using other = await stack.database('other')
      const slots = await theValue(other.url('host'), `SELECT count(*) AS value FROM pg_replication_slots`)
      assert.equal(Number(slots), 0)
      await assert.rejects(theValue(database.url('host'), 'SELECT 1 AS value'), { code: '3D000' })
    })

    test('Debezium carries a row to the log over a link, also by a worker that was killed and restarted', async (t) => {
      if (!stack.capabilities.has('debezium')) return t.skip('this stack has no Debezium')
      await stack.need(['connect'])
      await using database = await stack.database('captured')
      await using link = await stack.link('connect-kafka', 'kafka', 'service')
      await sql(database, 'CREATE TABLE rows (id int PRIMARY KEY)')
      const topic = await createTopic(stack, 'captured.public.rows')
      const config = debezium(database, 'captured', link)
      assert.equal((await stack.connect.request('PUT', '/connectors/captured/config', config)).status, 201)
      await replicating(database)
      await sql(database, 'INSERT INTO rows VALUES (1)')
      await until(async () => (await endOffset(stack, topic)) === 1, { what: 'the row', deadline: 20_000 })
      assert.ok((await link.traffic()).requests > 0)
      if (!stack.capabilities.has('kill-connect')) return
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
        const url = `${stack.schemaRegistry.url('host')}/subjects/orders-value/versions`
        return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ schema }) })).status
      }
      assert.equal(await register([{ name: 'id', type: 'string' }]), 200)
      assert.equal(await register([{ name: 'total', type: 'long' }]), 409)
    })

    serviceContract(() => stack, programs)

    test('two stacks side by side do not see each other, and one ends without a trace', async () => {
      const second = await open()
      await second.need(['postgres', 'kafka'])
      const topic = await createTopic(second, 'of-the-second')
      assert.notEqual(second.kafka.clusterId, stack.kafka.clusterId)
      assert.equal((await topics(stack)).includes(topic), false)
      const database = await second.database('same_name')
      await using _same = await stack.database('same_name')
      const ends = [firstEndpoint(second.kafka.bootstrapServers('host')), database.endpoint('host')]
      await second[Symbol.asyncDispose]()
      for (const end of ends) assert.ok(await refuses(end), `${endpointText(end)} still answers`)
      await createTopic(stack, 'of-the-first')
    })
  })
}
