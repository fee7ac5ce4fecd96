import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CompressionTypes, Kafka, logLevel, Partitioners, type Producer, type ProducerConfig } from 'kafkajs'
import { until } from '../../core/until.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import type { EventOf, NewEvent } from '../history/event.ts'
import { LogObserver } from './log-observer.ts'
import { createTopics } from './topics.ts'

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-log-observer-'))
  stack = await openStack('processes', { logs })
  await stack.need(['kafka'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

type Seen<K extends NewEvent['kind']> = Extract<NewEvent, { kind: K }>

/** A topic of its own, a producer and a observer that has been there from the start. */
async function watched(topic: string, partitions = 1, config: ProducerConfig = { idempotent: true }) {
  await using parts = new AsyncDisposableStack()
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  await createTopics(bootstrapServers, { [topic]: partitions })
  const kafka = new Kafka({ brokers: [bootstrapServers], logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, ...config })
  await producer.connect()
  parts.defer(() => producer.disconnect())
  const events: NewEvent[] = []
  const record = (event: NewEvent) => void events.push(event)
  const observer = parts.use(LogObserver.open({ bootstrapServers, topics: { [topic]: partitions }, record }))
  const whole = parts.move()
  return {
    producer,
    observer,
    /** What is on the log by now. */
    async read<K extends NewEvent['kind']>(kind: K): Promise<Seen<K>[]> {
      await observer.fence()
      return events.filter((event): event is Seen<K> => event.kind === kind)
    },
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  }
}

const text = (value: string, more: object = {}) => ({ value, partition: 0, ...more })

test('records of an idempotent producer: key, value, headers, size, producer id and sequence', async () => {
  await using watch = await watched('idempotent')
  const { producer } = watch
  const timestamp = '1767323045678'
  await producer.send({
    topic: 'idempotent',
    messages: [
      text('grüße', { key: 'o-1', timestamp, headers: { eventId: 'e-1', bytes: Buffer.of(0xff, 0x00) } }),
      text('second', { key: null, timestamp }),
    ],
  })
  const tombstone = { key: Buffer.of(0xfe), value: null, partition: 0 }
  await producer.send({ topic: 'idempotent', messages: [tombstone] })
  const [first, second, third, ...more] = await watch.read('k.record')
  assert.equal(more.length, 0)
  const producerId = first?.producerId ?? -1
  assert.ok(producerId >= 0)
  const common = {
    kind: 'k.record',
    topic: 'idempotent',
    partition: 0,
    producerId,
    producerEpoch: 0,
    transactional: false,
  }
  assert.deepEqual(first, {
    ...common,
    offset: 0,
    timestamp: Number(timestamp),
    key: 'o-1',
    value: 'grüße',
    valueBytes: 7,
    headers: { eventId: 'e-1', bytes: 'base64:/wA=' },
    sequence: 0,
  })
  assert.partialDeepStrictEqual(second, { ...common, offset: 1, key: null, headers: {}, sequence: 1 })
  assert.partialDeepStrictEqual(third, {
    ...common,
    offset: 2,
    key: 'base64:/g==',
    value: null,
    valueBytes: -1,
    sequence: 2,
  })
})

test('a producer that is not idempotent is seen to be none', async () => {
  await using watch = await watched('plain', 1, { idempotent: false })
  await watch.producer.send({ topic: 'plain', messages: [text('x')] })
  const [record] = await watch.read('k.record')
  assert.equal(record?.producerId, -1)
})

test('aborted and open transactions are read too, with the records that end them', async () => {
  const transactional = { idempotent: true, maxInFlightRequests: 1, transactionalId: 'log-observer' }
  await using watch = await watched('transactions', 1, transactional)
  const { producer } = watch
  const send = async (value: string) => {
    const transaction = await producer.transaction()
    await transaction.send({ topic: 'transactions', messages: [text(value)] })
    return transaction
  }
  await (await send('aborted')).abort()
  await (await send('committed')).commit()
  const open = await send('open')
  const records = await watch.read('k.record')
  assert.deepEqual(
    records.map(({ value, offset, transactional }) => [value, offset, transactional]),
    [
      ['aborted', 0, true],
      ['committed', 2, true],
      ['open', 4, true],
    ],
  )
  const controls = await watch.read('k.control')
  const { producerId } = records[0] as Seen<'k.record'>
  assert.deepEqual(
    controls.map(({ offset, outcome, producerId: by }) => [offset, outcome, by === producerId]),
    [
      [1, 'abort', true],
      [3, 'commit', true],
    ],
  )
  await open.abort()
  // A coordinator answers before its markers are on the partitions.
  const what = 'the marker of the abort'
  await until(async () => (await watch.read('k.control')).at(-1)?.offset === 5, { what, deadline: 15_000 })
})

test('compressed batches are read, with their size as consumers get it', async () => {
  await using watch = await watched('compressed')
  const value = 'x'.repeat(50_000)
  await watch.producer.send({
    topic: 'compressed',
    compression: CompressionTypes.GZIP,
    messages: [text(value), text('y')],
  })
  const records = await watch.read('k.record')
  assert.deepEqual(
    records.map(({ offset, valueBytes, sequence }) => [offset, valueBytes, sequence]),
    [
      [0, 50_000, 0],
      [1, 1, 1],
    ],
  )
})

test('a fence comes after everything that was acknowledged, and no offset is missing or doubled', async () => {
  await using watch = await watched('fenced', 3)
  const { producer } = watch
  const send = (producer: Producer, from: number) =>
    producer.send({
      topic: 'fenced',
      messages: Array.from({ length: 500 }, (_, i) => ({ value: 'v'.repeat(1000), key: `${from + i}` })),
    })
  for (let round = 0; round < 3; round++) {
    await send(producer, round * 500)
    const records = await watch.read('k.record')
    assert.equal(records.length, (round + 1) * 500)
    const ends = (await watch.read('k.end')).slice(-3)
    for (const { partition, from, end } of ends) {
      const offsets = records.filter((record) => record.partition === partition).map(({ offset }) => offset)
      assert.deepEqual(
        offsets,
        Array.from({ length: end - from }, (_, i) => from + i),
      )
    }
  }
})

test('a record beyond the observer’ own fetch size is read', async () => {
  const topic = 'large'
  await using watch = await watched(topic)
  for (let i = 0; i < 12; i++) await watch.producer.send({ topic, messages: [text('z'.repeat(1_000_000))] })
  assert.equal((await watch.read('k.record')).length, 12)
})

test('a broker that crashes and comes back: each record once', async () => {
  await using watch = await watched('crashed')
  await watch.producer.send({ topic: 'crashed', messages: [text('before')] })
  assert.equal((await watch.read('k.record')).length, 1)
  await stack.kafka.kill()
  await assert.rejects(watch.observer.fence(500), { code: 'EVENTPROOF_DEADLINE_PASSED' })
  await stack.kafka.restart()
  await watch.producer.send({ topic: 'crashed', messages: [text('after')] })
  const records: Partial<EventOf<'k.record'>>[] = await watch.read('k.record')
  assert.deepEqual(
    records.map(({ offset, value }) => [offset, value]),
    [
      [0, 'before'],
      [1, 'after'],
    ],
  )
})

test('a topic that does not exist fails the fence, with the broker’s error', async () => {
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  await using observer = LogObserver.open({ bootstrapServers, topics: { absent: 1 }, record: () => {} })
  await assert.rejects(observer.fence(2000), (error: Error & { detail?: { last?: string } }) => {
    assert.match(error.detail?.last ?? '', /absent\/0: Kafka error code 3/)
    return true
  })
})
