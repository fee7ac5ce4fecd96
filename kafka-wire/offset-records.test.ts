import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { FrameWriter } from './frame.ts'
import { readOffsetRecord } from './offset-records.ts'

const read = (key: string, value: string | null, wanted = (_: string) => true) =>
  readOffsetRecord(Buffer.from(key, 'hex'), value === null ? null : Buffer.from(value, 'hex'), wanted)

/** Keys and values as Kafka 4.3.1 stored them. */
const G2 = '00026732'
const MEMBER = '002432316335306432322d353038332d343762302d626331612d323864373030653635343365'
const memberId = '21c50d22-5083-47b0-bc1a-28d700e6543e'
const topicId = 'WEdK50hWTmGkHTDsQwjk5Q'
const TOPIC = '58474ae748564e61a41d30ec4308e4e5'

describe('commits', () => {
  test('of an offset, and its deletion', () => {
    const key = '0001000267310007612d746f70696300000001'
    const commit = { kind: 'commit', group: 'g1', topic: 'a-topic', partition: 1 }
    const value = '00040000000000000007ffffffff01000001a204cbd6f501001058474ae748564e61a41d30ec4308e4e5'
    assert.deepEqual(read(key, value), { ...commit, offset: 7 })
    assert.deepEqual(read(key, null), { ...commit, offset: null })
  })

  for (const version of [0, 1, 2, 3, 4, 9]) {
    test(`of version ${version} begin with the offset`, () => {
      const value = new FrameWriter()
        .int16(version)
        .int64(2 ** 40)
        .int32(5)
        .concat()
        .toString('hex')
      const record = read('0000000267310007612d746f70696300000001', value)
      assert.equal(record?.kind === 'commit' && record.offset, 2 ** 40)
    })
  }
})

describe('classic generations', () => {
  test('empty, with a member, deleted', () => {
    const key = '000200026731'
    assert.deepEqual(read(key, '0003000000000000ffffffff000001a204cbcacc00000000'), {
      kind: 'generation',
      group: 'g1',
      generation: { generation: 0, protocol: null, members: [] },
    })
    const value =
      '00030008636f6e73756d6572000000010012526f756e64526f62696e41737369676e657200276b6a2d33323833383538622d313835632d346665322d613536632d353262303261316465653733000001a204cbcad60000000100276b6a2d33323833383538622d313835632d346665322d613536632d353262303261316465653733ffff00026b6a000a2f3132372e302e302e310000ea6000007530000000130000000000010007612d746f70696300000000000000230000000000010007612d746f7069630000000300000000000000010000000200000000'
    assert.deepEqual(read(key, value), {
      kind: 'generation',
      group: 'g1',
      generation: {
        generation: 1,
        protocol: 'RoundRobinAssigner',
        members: [
          {
            memberId: 'kj-3283858b-185c-4fe2-a56c-52b02a1dee73',
            clientId: 'kj',
            instanceId: null,
            owned: [{ topic: 'a-topic', partitions: [0, 1, 2] }],
          },
        ],
      },
    })
    assert.deepEqual(read(key, null), { kind: 'generation', group: 'g1', generation: null })
  })

  for (const version of [0, 1, 2, 3]) {
    test(`version ${version}`, () => {
      const value = generation(version, 'consumer', assignment(1))
      const record = read('000200026731', value.toString('hex'))
      const [member] = (record?.kind === 'generation' && record.generation?.members) || []
      assert.deepEqual(member, {
        memberId: 'm',
        clientId: 'c',
        instanceId: version >= 3 ? 'i' : null,
        owned: [{ topic: 't', partitions: [4] }],
      })
    })
  }

  test('an assignment of a newer version is read as far as it is known; none is none', () => {
    for (const [bytes, partitions] of [
      [Buffer.concat([assignment(7), Buffer.of(1, 2, 3)]), 1],
      [Buffer.alloc(0), 0],
    ] as const) {
      const record = read('000200026731', generation(3, 'consumer', bytes).toString('hex'))
      assert.equal(record?.kind === 'generation' && record.generation?.members[0]?.owned.length, partitions)
    }
  })

  test('a group that is not of consumers owns no partitions', () => {
    const record = read('000200026731', generation(3, 'connect', Buffer.of(0, 1, 2)).toString('hex'))
    assert.deepEqual(record?.kind === 'generation' && record.generation?.members[0]?.owned, [])
  })
})

describe('groups of the consumer protocol', () => {
  test('their epoch', () => {
    assert.deepEqual(read(`0003${G2}`, '0000000000020100083146a6a70778ce2e'), {
      kind: 'epoch',
      group: 'g2',
      epoch: 2,
    })
    assert.deepEqual(read(`0003${G2}`, null), { kind: 'epoch', group: 'g2', epoch: null })
  })

  test('their members', () => {
    const value = '0000000004706c740b2f3132372e302e302e310208612d746f7069630100018e700001000100'
    const member = { clientId: 'plt', instanceId: null, assignor: null }
    assert.deepEqual(read(`0005${G2}${MEMBER}`, value), { kind: 'member', group: 'g2', memberId, member })
    assert.deepEqual(read(`0005${G2}${MEMBER}`, null), {
      kind: 'member',
      group: 'g2',
      memberId,
      member: null,
    })
  })

  test('what a member owns: assigned to it, and not given up yet', () => {
    const owned = (value: string | null) => {
      const record = read(`0008${G2}${MEMBER}`, value)
      return record?.kind === 'owned' ? record.owned : undefined
    }
    const all = `000000000002000000000002${TOPIC}0400000000000000010000000201000d040000000200000002000000020100`
    assert.deepEqual(owned(all), [{ topicId, partitions: [0, 1, 2] }])
    const giving = `000000000002000000020102${TOPIC}03000000000000000101000903000000020000000202${TOPIC}0200000002010005020000000200`
    assert.deepEqual(owned(giving), [
      { topicId, partitions: [0, 1] },
      { topicId, partitions: [2] },
    ])
    assert.deepEqual(owned('0000000000030000000002010100'), [])
    assert.equal(owned(null), null)
  })
})

test('other groups and other kinds of records are left out', () => {
  const wanted = (group: string) => group === 'g1'
  assert.equal(read(`0003${G2}`, '0000000000020100083146a6a70778ce2e', wanted), undefined)
  for (const type of ['0004', '0006', '0007', '000a', '0011', '00ff']) {
    assert.equal(read(`${type}${G2}${MEMBER}`, '00ff'), undefined)
  }
})

test('cut and garbled bytes are a RangeError', () => {
  const types = fc.constantFrom(0, 1, 2, 3, 5, 8)
  const bytes = fc.uint8Array({ maxLength: 120 }).map((array) => Buffer.from(array))
  fc.assert(
    fc.property(types, bytes, bytes, (type, key, value) => {
      try {
        readOffsetRecord(Buffer.concat([Buffer.of(0, type), key]), value, () => true)
      } catch (error) {
        assert.ok(error instanceof RangeError, String(error))
      }
    }),
  )
})

function generation(version: number, protocolType: string, assignment: Buffer): Buffer {
  const body = new FrameWriter().int16(version).string(protocolType).int32(3).string('range').string('m')
  if (version >= 2) body.int64(1)
  body.int32(1).string('m')
  if (version >= 3) body.string('i')
  body.string('c').string('/127.0.0.1')
  if (version >= 1) body.int32(60_000)
  return body.int32(45_000).int32(0).int32(assignment.length).bytes(assignment).concat()
}

function assignment(version: number): Buffer {
  return new FrameWriter().int16(version).int32(1).string('t').int32(1).int32(4).int32(-1).concat()
}
