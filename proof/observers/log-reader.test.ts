import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import { decode } from '../../kafka-wire/codec/decode.ts'
import type { Struct } from '../../kafka-wire/codec/value.ts'
import { answer, fakeBroker, type Received } from '../../kafka-wire/fixture/fake-broker.ts'
import type { FetchRequestBody } from '../../kafka-wire/messages.ts'
import { apiNamed, type Layout } from '../../kafka-wire/schemas/message.ts'
import type { NewEvent } from '../history/event.ts'
import { gapAt, LogReader, missingOffsets } from './log-reader.ts'

const batch = (lastOffset: number, ...offsets: number[]) => ({
  lastOffset,
  records: offsets.map((offset) => ({ offset, timestamp: 0, key: null, value: null, headers: [] })),
})

test('a batch that goes on where the last one ended has no gap, also where part of it was read', () => {
  assert.deepEqual(missingOffsets(batch(6, 4, 5, 6), 4), [])
  assert.deepEqual(missingOffsets(batch(6, 4, 5, 6), 6), [])
})

test('offsets before, inside and at the end of a batch are missed', () => {
  assert.deepEqual(missingOffsets(batch(12, 6, 7, 10), 3), [
    { from: 3, to: 6 },
    { from: 8, to: 10 },
    { from: 11, to: 13 },
  ])
  assert.deepEqual(missingOffsets(batch(12, 11, 12), 10), [{ from: 10, to: 11 }])
  assert.deepEqual(missingOffsets(batch(12), 12), [{ from: 12, to: 13 }])
})

test('what is not expected yet is not missed', () => {
  assert.deepEqual(missingOffsets(batch(5, 0, 3), 100), [])
})

describe('a reader of the log', () => {
  /** A batch of no records that ends at `base`: what is left of one whose records were all compacted. */
  const emptyBatch = (base: number) => {
    const bytes = Buffer.alloc(61)
    bytes.writeBigInt64BE(BigInt(base))
    bytes.writeInt32BE(49, 8)
    bytes.writeInt8(2, 16)
    return bytes
  }
  const fetched = ({ frame }: Received) => {
    const asked = decode(apiNamed('fetch').request(4) as Layout, frame.subarray(10 + frame.readInt16BE(8)))
    return asked as unknown as FetchRequestBody
  }
  const partition = (partitionIndex: number, more: Struct = {}) => ({
    partitionIndex,
    highWatermark: 2n,
    ...more,
  })

  it('asks from where it stands, by topic, and takes each batch once', async () => {
    const asked: FetchRequestBody[] = []
    await using broker = await fakeBroker((request) => {
      asked.push(fetched(request))
      const { topics } = fetched(request)
      const responses = topics.map(({ topic, partitions }) => ({
        topic,
        partitions: partitions.map(({ partition: index, fetchOffset }) =>
          // The broker answers with whole batches: the first may begin before what was asked for.
          partition(index, {
            records: fetchOffset < 2n ? Buffer.concat([emptyBatch(0), emptyBatch(1)]) : null,
          }),
        ),
      }))
      return answer('fetch', 4, request.correlationId, { responses })
    })
    const taken: string[] = []
    await using reader = new LogReader({
      bootstrapServers: `127.0.0.1:${broker.address.port}`,
      name: 'the test',
      partitions: async () => [
        { topic: 'orders', partition: 0 },
        { topic: 'orders', partition: 1 },
        { topic: 'letters', partition: 0 },
      ],
      unreadable: (error) => assert.fail(error),
      take: ({ lastOffset }, { topic, partition }) => void taken.push(`${topic}/${partition} ${lastOffset}`),
    })
    const positions = await reader.fence()
    assert.deepEqual(
      positions.map(({ topic, partition, next, end }) => [topic, partition, next, end]),
      [
        ['orders', 0, 2, 2],
        ['orders', 1, 2, 2],
        ['letters', 0, 2, 2],
      ],
    )
    assert.deepEqual(taken.sort(), [
      'letters/0 0',
      'letters/0 1',
      'orders/0 0',
      'orders/0 1',
      'orders/1 0',
      'orders/1 1',
    ])
    const [first, second] = asked
      .filter(({ maxWaitMs }) => maxWaitMs > 0)
      .map(({ isolationLevel, maxWaitMs, minBytes, topics }) => ({
        isolationLevel,
        maxWaitMs,
        minBytes,
        topics: topics.map(({ topic, partitions }) => [topic, ...partitions.map((each) => each.fetchOffset)]),
      }))
    const limits = { isolationLevel: 0, maxWaitMs: 1000, minBytes: 1 }
    assert.deepEqual(first, {
      ...limits,
      topics: [
        ['orders', 0n, 0n],
        ['letters', 0n],
      ],
    })
    assert.deepEqual(second, {
      ...limits,
      topics: [
        ['orders', 2n, 2n],
        ['letters', 2n],
      ],
    })
  })

  it('passes over what nobody can read, tells it once, and reads on', async () => {
    const strange = emptyBatch(0)
    strange.writeInt16BE(7, 21)
    await using broker = await fakeBroker((request) => {
      const [
        {
          partitions: [asked],
        } = { partitions: [] },
      ] = fetched(request).topics
      const at = asked?.fetchOffset ?? 0n
      const records = at === 0n ? Buffer.concat([strange, emptyBatch(1)]) : at === 1n ? emptyBatch(1) : null
      const responses = [{ topic: 'orders', partitions: [partition(0, { records })] }]
      return answer('fetch', 4, request.correlationId, { responses })
    })
    const taken: number[] = []
    const gaps: NewEvent[] = []
    await using reader = new LogReader({
      bootstrapServers: `127.0.0.1:${broker.address.port}`,
      name: 'the test',
      partitions: async () => [{ topic: 'orders', partition: 0 }],
      take: ({ lastOffset }) => void taken.push(lastOffset),
      unreadable: (error, at) => void gaps.push(gapAt(error, at)),
    })
    await reader.fence()
    assert.deepEqual(taken, [1])
    assert.deepEqual(gaps, [
      {
        kind: 'observer.gap',
        observer: 'log',
        reason:
          'the record batch at orders/0@0 can’t be read: it is compressed with codec 7; none, gzip, snappy, lz4 and zstd can be read; set compression.type to one of these on the producer under test',
      },
    ])
  })

  it('tells at the fence what the broker answers in the place of records', async () => {
    await using broker = await fakeBroker(({ correlationId }) =>
      answer('fetch', 4, correlationId, {
        responses: [{ topic: 'orders', partitions: [partition(0, { errorCode: 3 })] }],
      }),
    )
    await using reader = new LogReader({
      bootstrapServers: `127.0.0.1:${broker.address.port}`,
      name: 'the test',
      partitions: async () => [{ topic: 'orders', partition: 0 }],
      take: () => {},
      unreadable: () => {},
    })
    await assert.rejects(reader.fence(300), (error: { detail?: { last?: string } }) =>
      /fetch of orders\/0: Kafka error code 3/.test(`${error} ${error.detail?.last}`),
    )
  })
})
