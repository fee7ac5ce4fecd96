import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decode } from './codec/decode.ts'
import { encode } from './codec/encode.ts'
import type { Struct } from './codec/value.ts'
import { messages } from './fixture/any-message.ts'
import { observeAnswer } from './observe-answer.ts'
import { observeRequest } from './observe-request.ts'
import { type ApiName, apiNames } from './schemas/api.ts'
import { apiNamed, type Layout } from './schemas/message.ts'
import { TopicNames } from './topic-names.ts'

const origin = { connection: 1, clientId: 'c', software: undefined, version: 0, correlationId: 1, at: 0 }
const ID = Buffer.alloc(16, 7).toString('base64url')

/** Through its bytes, as it would come. */
function asked(
  api: ApiName,
  version: number,
  body: Struct,
  names = new TopicNames(),
  fetching = new Set<string>(),
) {
  const layout = apiNamed(api).request(version) as Layout
  return observeRequest(api, decode(layout, encode(layout, body).concat()), origin, names, fetching)
}

describe('every message that can be read can be told', () => {
  for (const api of apiNames) {
    test(api, () => {
      const { request, response } = apiNamed(api)
      for (let version = 0; version < 30; version++) {
        const [layout, answered] = [request(version), response(version)]
        if (!layout || !answered) continue
        fc.assert(
          fc.property(messages(layout), messages(answered), (body, answer) => {
            const names = new TopicNames()
            assert.equal(observeRequest(api, body, origin, names, new Set()).api, api)
            observeAnswer(api, answer, origin, names)
          }),
          { numRuns: 10 },
        )
      }
    })
  }
})

test('topics that go by id have their names, once Metadata has said them', () => {
  const names = new TopicNames()
  const topics = [
    { topicId: ID, partitions: [{ partitionIndex: 2, committedOffset: 9n, committedMetadata: '' }] },
  ]
  const commit = () => asked('offset-commit', 10, { groupId: 'g', topics }, names)
  assert.partialDeepStrictEqual(commit(), { topics: [`?${ID}`] })
  names.learn({ topics: [{ errorCode: 0, name: 'orders', topicId: ID }] })
  assert.partialDeepStrictEqual(commit(), {
    group: 'g',
    topics: ['orders'],
    offsets: [{ topic: 'orders', partition: 2, offset: 9 }],
  })
})

test('offsets that go with a Kafka transaction are told like others, with the transaction', () => {
  const topics = [
    { name: 'orders', partitions: [{ partitionIndex: 2, committedOffset: 9n, committedMetadata: '' }] },
  ]
  const body = { transactionalId: 't', groupId: 'g', producerId: 1n, producerEpoch: 0, topics }
  const names = new TopicNames()
  assert.partialDeepStrictEqual(asked('txn-offset-commit', 2, body, names), {
    group: 'g',
    transactionalId: 't',
    topics: ['orders'],
    offsets: [{ topic: 'orders', partition: 2, offset: 9 }],
  })
})

test('a fetch session is told as a whole, though its requests name only what changed', () => {
  const fetching = new Set<string>()
  const fetch = (body: Struct) => asked('fetch', 11, body, new TopicNames(), fetching)
  const topic = (name: string) => ({ topic: name, partitions: [{ partition: 0, fetchOffset: 5n }] })
  fetch({ sessionEpoch: 0, topics: [topic('a'), topic('b')] })
  assert.partialDeepStrictEqual(fetch({ sessionEpoch: 1, topics: [] }), { topics: ['a', 'b'], positions: [] })
  const forgottenTopicsData = [{ topic: 'a', partitions: [0] }]
  assert.partialDeepStrictEqual(fetch({ sessionEpoch: 2, forgottenTopicsData }), { topics: ['b'] })
  assert.partialDeepStrictEqual(fetch({ sessionEpoch: 0, topics: [topic('c')], isolationLevel: 1 }), {
    topics: ['c'],
    isolation: 'read_committed',
  })
})

test('a producer is idempotent when each of its batches says so', () => {
  const batch = (producerId: number) => {
    const bytes = Buffer.alloc(100)
    bytes.writeInt8(2, 16)
    bytes.writeBigInt64BE(BigInt(producerId), 43)
    return bytes
  }
  const produce = (...ids: number[]) =>
    asked('produce', 8, {
      acks: -1,
      topicData: [{ name: 't', partitionData: ids.map((id, index) => ({ index, records: batch(id) })) }],
    })
  assert.partialDeepStrictEqual(produce(4, 4), { idempotent: true })
  assert.partialDeepStrictEqual(produce(4, -1), {
    idempotent: false,
    batches: [{ producerId: 4 }, { producerId: -1 }],
  })
})
