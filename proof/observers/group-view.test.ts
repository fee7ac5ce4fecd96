import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OffsetRecord } from '../../kafka-wire/offset-records.ts'
import { GroupView } from './group-view.ts'

type Piece = Exclude<OffsetRecord, { kind: 'commit' }>
type Unnamed = { [K in Piece['kind']]: Omit<Extract<Piece, { kind: K }>, 'group'> }[Piece['kind']]

function after(...records: readonly Unnamed[]) {
  const view = new GroupView()
  for (const record of records) view.apply({ group: 'g', ...record } as Piece)
  return view.state((id) => `topic of ${id}`)
}

const generation = (generation: number, ...memberIds: string[]): Unnamed => ({
  kind: 'generation',
  generation: {
    generation,
    protocol: 'range',
    members: memberIds.map((memberId) => ({
      memberId,
      clientId: 'c',
      instanceId: null,
      owned: [{ topic: 't', partitions: [0, 1] }],
    })),
  },
})
const epoch = (epoch: number | null): Unnamed => ({ kind: 'epoch', epoch })
const member = (memberId: string, assignor: string | null = null): Unnamed => ({
  kind: 'member',
  memberId,
  member: { clientId: `client of ${memberId}`, instanceId: null, assignor },
})
const owned = (memberId: string, ...partitions: number[]): Unnamed => ({
  kind: 'owned',
  memberId,
  owned: [{ topicId: 'x', partitions }],
})
const gone = (memberId: string): Unnamed[] => [
  { kind: 'owned', memberId, owned: null },
  { kind: 'member', memberId, member: null },
]

test('a classic generation stands for itself; a deleted group has no members', () => {
  assert.deepEqual(after(generation(3, 'a', 'b'), generation(4, 'b')), {
    type: 'classic',
    generation: 4,
    protocol: 'range',
    members: [
      {
        memberId: 'b',
        clientId: 'c',
        instanceId: null,
        partitions: [
          { topic: 't', partition: 0 },
          { topic: 't', partition: 1 },
        ],
      },
    ],
  })
  const deleted = after(generation(3, 'a'), { kind: 'generation', generation: null })
  assert.deepEqual([deleted?.generation, deleted?.members], [3, []])
  assert.equal(after({ kind: 'generation', generation: null }), undefined)
})

test('a group of the consumer protocol is put together from its pieces', () => {
  assert.equal(after(member('a')), undefined)
  assert.deepEqual(after(member('a', 'uniform'), epoch(2), owned('a', 1), member('b'), owned('c', 9)), {
    type: 'consumer',
    generation: 2,
    protocol: 'uniform',
    members: [
      {
        memberId: 'a',
        clientId: 'client of a',
        instanceId: null,
        partitions: [{ topic: 'topic of x', partition: 1 }],
      },
      { memberId: 'b', clientId: 'client of b', instanceId: null, partitions: [] },
    ],
  })
})

test('who left is gone, and owns nothing when it comes back', () => {
  const state = after(member('a'), owned('a', 1), epoch(1), ...gone('a'), epoch(2))
  assert.deepEqual([state?.generation, state?.members], [2, []])
  const back = after(member('a'), owned('a', 1), epoch(1), ...gone('a'), member('a'), epoch(3))
  assert.deepEqual(back?.members[0]?.partitions, [])
})

test('a group that goes over to the other protocol, and back', () => {
  const over = [
    generation(3, 'a'),
    { kind: 'generation', generation: null },
    epoch(3),
    member('a'),
    owned('a', 1),
    epoch(4),
  ] as const
  assert.deepEqual([after(...over)?.type, after(...over)?.generation], ['consumer', 4])
  const back = after(...over, ...gone('a'), epoch(null), generation(5, 'a'))
  assert.deepEqual([back?.type, back?.generation, back?.members.length], ['classic', 5, 1])
})
