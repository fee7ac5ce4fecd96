import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readRequest } from './request.ts'

const load = createRequire(import.meta.url)
const Long = load('kafkajs/src/utils/long')
const encodeRequest = load('kafkajs/src/protocol/request')
const encodeBatch = load('kafkajs/src/protocol/recordBatch/v0').RecordBatch
const encodeRecord = load('kafkajs/src/protocol/recordBatch/record/v0')

interface Asked {
  readonly acks: number
  readonly transactionalId: string | null
  readonly producerId: number
  readonly topics: readonly string[]
}
const asked = fc.record<Asked>({
  acks: fc.constantFrom(-1, 0, 1),
  transactionalId: fc.option(fc.string()),
  producerId: fc.constantFrom(-1, 0, 4711),
  topics: fc.array(fc.string({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 3 }),
})

/** A request as kafkajs sends it, without its length. */
async function kafkajs(
  version: number,
  { acks, transactionalId, producerId, topics }: Asked,
): Promise<Buffer> {
  const messages = [{ key: Buffer.from('k'), value: Buffer.from('v'), headers: {} }]
  const request = load(`kafkajs/src/protocol/requests/produce/v${version}/request`)({
    acks,
    timeout: 1000,
    transactionalId,
    producerId: Long.fromValue(producerId),
    producerEpoch: 0,
    topicData: topics.map((topic) => ({
      topic,
      partitions: [
        { partition: 0, firstSequence: 0, messages },
        { partition: 1, firstSequence: 0, messages },
      ],
    })),
  })
  const { buffer } = await encodeRequest({ correlationId: 1, clientId: 'kafkajs', request })
  return buffer.subarray(4)
}

/** A flexible request (versions 9 to 13) by hand: compact strings and arrays, tagged fields. */
async function flexible(
  version: number,
  { acks, transactionalId, producerId, topics }: Asked,
): Promise<Buffer> {
  const records = [encodeRecord({ key: Buffer.from('k'), value: Buffer.from('v') })]
  const batch = (await encodeBatch({ records, producerId: Long.fromValue(producerId) })).buffer
  const tags = Buffer.of(1, 7, 2, 0xaa, 0xbb)
  const numbers = Buffer.alloc(6)
  numbers.writeInt16BE(acks)
  numbers.writeInt32BE(1000, 2)
  const partition = Buffer.concat([Buffer.alloc(4), compact(batch), tags])
  const named = (topic: string) => (version >= 13 ? Buffer.alloc(16, 0xab) : compact(Buffer.from(topic)))
  return Buffer.concat([
    head(0, version, 'java'),
    tags,
    transactionalId === null ? Buffer.of(0) : compact(Buffer.from(transactionalId)),
    numbers,
    varint(topics.length + 1),
    ...topics.flatMap((topic) => [named(topic), varint(3), partition, partition, tags]),
    tags,
  ])
}

function head(api: number, version: number, clientId: string): Buffer {
  const bytes = Buffer.alloc(10)
  bytes.writeInt16BE(api)
  bytes.writeInt16BE(version, 2)
  bytes.writeInt32BE(5, 4)
  bytes.writeInt16BE(Buffer.byteLength(clientId), 8)
  return Buffer.concat([bytes, Buffer.from(clientId)])
}

function compact(bytes: Buffer): Buffer {
  return Buffer.concat([varint(bytes.length + 1), bytes])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let left = value; ; left >>>= 7) {
    if (left < 128) return Buffer.from([...bytes, left])
    bytes.push((left & 127) | 128)
  }
}

describe('Produce', () => {
  const versions = Array.from({ length: 11 }, (_, i) => i + 3)
  for (const version of versions) {
    test(`version ${version}: who asks for what`, async () => {
      await fc.assert(
        fc.asyncProperty(asked, async (asked) => {
          const frame = await (version < 9 ? kafkajs(Math.min(version, 7), asked) : flexible(version, asked))
          // Version 8 changes the response only.
          frame.writeInt16BE(version, 2)
          assert.deepEqual(readRequest(frame), {
            api: 'produce',
            request: {
              clientId: version < 9 ? 'kafkajs' : 'java',
              apiVersion: version,
              acks: asked.acks,
              transactional: asked.transactionalId !== null,
              idempotent: asked.producerId >= 0,
              topics: version < 13 ? asked.topics.map((topic) => Buffer.from(topic).toString()) : [],
            },
          })
        }),
        { numRuns: 30 },
      )
    })

    test(`version ${version}: cut anywhere, it is a RangeError`, async () => {
      const some = { acks: 1, transactionalId: 'tx', producerId: 1, topics: ['a', 'b'] }
      const frame = await (version < 9 ? kafkajs(Math.min(version, 7), some) : flexible(version, some))
      frame.writeInt16BE(version, 2)
      // The last bytes of a flexible request are tagged fields that nobody reads.
      const end = frame.length - (version < 9 ? 1 : 6)
      for (let length = 0; length <= end; length++) {
        assert.throws(() => readRequest(frame.subarray(0, length)), RangeError, `cut at ${length}`)
      }
    })
  }

  test('one batch without a producer id among others: not idempotent', async () => {
    const frame = await kafkajs(7, { acks: -1, transactionalId: null, producerId: 4711, topics: ['a', 'b'] })
    const last = frame.lastIndexOf(Buffer.from('0000000000001267', 'hex'))
    frame.writeBigInt64BE(-1n, last)
    const read = readRequest(frame)
    assert.ok(read.api === 'produce')
    assert.equal(read.request.idempotent, false)
  })

  test('a version whose layout is not known is not read', () => {
    for (const version of [0, 2, 14, 99]) {
      assert.deepEqual(readRequest(Buffer.concat([head(0, version, 'x'), Buffer.alloc(50)])), {
        api: 'other',
      })
    }
  })
})

describe('other requests', () => {
  test('ApiVersions names the software from version 3 on', () => {
    const body = Buffer.concat([
      Buffer.of(0),
      compact(Buffer.from('apache-kafka-java')),
      compact(Buffer.from('4.3.1')),
      Buffer.of(0),
    ])
    const read = { api: 'api-versions', clientId: 'java', software: 'apache-kafka-java 4.3.1' }
    assert.deepEqual(readRequest(Buffer.concat([head(18, 3, 'java'), body])), read)
    assert.deepEqual(readRequest(head(18, 2, 'java')), { ...read, software: undefined })
    assert.throws(() => readRequest(Buffer.concat([head(18, 3, 'java'), body]).subarray(0, 30)), RangeError)
  })

  test('a client without a name', () => {
    const frame = head(18, 0, '')
    frame.writeInt16BE(-1, 8)
    assert.deepEqual(readRequest(frame), { api: 'api-versions', clientId: '', software: undefined })
  })

  test('garbage is a request or a RangeError', () => {
    const start = fc.constantFrom(
      ...[...Array(14).keys()].map((version) => head(0, version, 'c')),
      Buffer.alloc(0),
    )
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (start, bytes) => {
        try {
          readRequest(Buffer.concat([start, bytes]))
        } catch (error) {
          assert.ok(error instanceof RangeError, String(error))
        }
      }),
    )
  })
})
