import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import fc from 'fast-check'
import { encode } from './codec/encode.ts'
import { readAssignment, readSubscription } from './consumer-protocol.ts'
import { FrameWriter } from './frame.ts'
import { assignmentLayout, type Layout, subscriptionLayout } from './schemas/message.ts'

/** kafkajs' own encoders of the same messages. */
const { MemberMetadata, MemberAssignment } = createRequire(import.meta.url)('kafkajs').AssignerProtocol

test('what kafkajs subscribes to and is given', () => {
  const subscription = MemberMetadata.encode({ version: 1, topics: ['a', 'b'], userData: Buffer.from('x') })
  assert.deepEqual(readSubscription(subscription), { topics: ['a', 'b'], owned: [] })
  const assignment = MemberAssignment.encode({
    version: 1,
    assignment: { a: [0, 2] },
    userData: Buffer.from(''),
  })
  assert.deepEqual(readAssignment(assignment), [
    { topic: 'a', partition: 0 },
    { topic: 'a', partition: 2 },
  ])
})

test('what Java’s clients own, in every version, and in one that is newer than ours', () => {
  for (const version of [1, 2, 3, 4]) {
    const known = Math.min(version, 3)
    const body = { topics: ['a'], ownedPartitions: [{ topic: 'a', partitions: [1] }] }
    const bytes = encode(subscriptionLayout(known) as Layout, body, new FrameWriter().int16(version)).concat()
    const newer = version > 3 ? Buffer.concat([bytes, Buffer.from('more')]) : bytes
    assert.deepEqual(readSubscription(newer), { topics: ['a'], owned: [{ topic: 'a', partition: 1 }] })
  }
})

test('an empty assignment is empty, other bytes are none', () => {
  assert.deepEqual(readAssignment(Buffer.alloc(0)), [])
  const empty = encode(assignmentLayout(0) as Layout, {}, new FrameWriter().int16(0)).concat()
  assert.deepEqual(readAssignment(empty), [])
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      readSubscription(Buffer.from(bytes))
      readAssignment(Buffer.from(bytes))
    }),
  )
  assert.equal(readSubscription(Buffer.from([0, 0, 0xff])), undefined)
})
