import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Consumer } from '@platformatic/kafka'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { until } from '../../core/until.ts'
import { BrokerConnection } from '../../kafka-wire/broker-connection.ts'
import { decode } from '../../kafka-wire/codec/decode.ts'
import { encode } from '../../kafka-wire/codec/encode.ts'
import { apiNamed, type Layout } from '../../kafka-wire/schemas/message.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import type { NewEvent } from '../history/event.ts'
import { OFFSETS_TOPIC, OffsetObserver } from './offset-observer.ts'
import { createTopics, deleteTopics } from './topics.ts'

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-offset-observer-'))
  stack = await openStack('processes', { logs })
  await stack.need(['kafka'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

const DEADLINE = 30_000
type Seen<K extends NewEvent['kind']> = Extract<NewEvent, { kind: K }>

/** A topic of three partitions and a observer of some groups; members join with `classic` or `cooperative`. */
async function watched(topic: string, groups: readonly string[] = [topic]) {
  await using parts = new AsyncDisposableStack()
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  await createTopics(bootstrapServers, { [topic]: 3 })
  const kafka = new Kafka({ brokers: [bootstrapServers], logLevel: logLevel.NOTHING, clientId: 'setup' })
  const events: NewEvent[] = []
  const record = (event: NewEvent) => void events.push(event)
  const observer = parts.use(OffsetObserver.open({ bootstrapServers, groups, record }))
  const all = <K extends NewEvent['kind']>(kind: K) =>
    events.filter((event): event is Seen<K> => event.kind === kind)
  const whole = parts.move()
  return {
    kafka,
    observer,
    all,
    /** What the history says by now. */
    async read<K extends NewEvent['kind']>(kind: K): Promise<Seen<K>[]> {
      await observer.fence()
      return all(kind)
    },
    /** The first look at a group for which `match` holds: `clientId: 0,1` for each member. */
    group: (what: string, match: (members: readonly string[]) => boolean) =>
      until(() => all('k.group').find((event) => match(shown(event))), { what, deadline: DEADLINE }),
    /** A member of the classic protocol. */
    async classic(group: string, clientId: string) {
      const kafka = new Kafka({ brokers: [bootstrapServers], logLevel: logLevel.NOTHING, clientId })
      const consumer = kafka.consumer({ groupId: group, sessionTimeout: 6000, heartbeatInterval: 300 })
      await consumer.connect()
      await consumer.subscribe({ topic })
      await consumer.run({ autoCommit: false, eachMessage: async () => {} })
      return {
        commit: (partition: number, offset: number) =>
          consumer.commitOffsets([{ topic, partition, offset: `${offset}` }]),
        [Symbol.asyncDispose]: () => consumer.disconnect(),
      }
    },
    /** A member of the consumer protocol (KIP-848). */
    async cooperative(group: string, clientId: string) {
      const consumer = new Consumer({
        groupId: group,
        clientId,
        bootstrapBrokers: [bootstrapServers],
        groupProtocol: 'consumer',
        groupRemoteAssignor: 'range',
      })
      const stream = await consumer.consume({ topics: [topic], mode: 'latest', autocommit: false })
      stream.on('error', () => {})
      return {
        commit: (partition: number, offset: number) =>
          consumer.commit({ offsets: [{ topic, partition, offset: BigInt(offset), leaderEpoch: 0 }] }),
        [Symbol.asyncDispose]: () => consumer.close(true),
      }
    },
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  }
}

function shown({ members }: Seen<'k.group'>): string[] {
  return members
    .map(({ clientId, partitions }) => `${clientId}: ${partitions.map(({ partition }) => partition).sort()}`)
    .sort()
}

const offsets = (commits: readonly Seen<'k.commit'>[]) =>
  commits.map(({ group, partition, offset }) => `${group}/${partition}: ${offset}`)

/** Commits an offset of partition 0 as someone who is no member of the group. */
async function commit(groupId: string, name: string, committedOffset: number): Promise<void> {
  const { key, request, response } = apiNamed('offset-commit')
  await using broker = await BrokerConnection.open(stack.kafka.bootstrapServers('host'))
  const partitions = [{ partitionIndex: 0, committedOffset: BigInt(committedOffset), committedMetadata: '' }]
  const body = { groupId, generationIdOrMemberEpoch: -1, topics: [{ name, partitions }] }
  const answer = await broker.request(key, 7, (into) => void encode(request(7) as Layout, body, into))
  const { topics } = decode(response(7) as Layout, answer.bytes.subarray(answer.at))
  assert.deepEqual(topics, [{ name, partitions: [{ partitionIndex: 0, errorCode: 0 }] }])
}

function assertRising(events: readonly { readonly position: number }[]): void {
  const positions = events.map(({ position }) => position)
  assert.deepEqual(
    positions,
    [...new Set(positions)].sort((a, b) => a - b),
  )
}

test('a broker that never saw a group has nothing to tell', async () => {
  await using watch = await watched('nothing', ['nobody'])
  assert.deepEqual(await watch.read('k.commit'), [])
  assert.deepEqual(watch.all('k.group'), [])
})

test('a classic group: generations with what each member owns, commits in between, in one order', async () => {
  await using watch = await watched('classic')
  // kafkajs takes a committed offset that is not on the log for an error, and commits −1.
  const producer = watch.kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const messages = Array.from({ length: 30 }, (_, i) => ({ value: 'x', partition: i % 3 }))
  await producer.send({ topic: 'classic', messages })
  await producer.disconnect()
  await using first = await watch.classic('classic', 'one')
  await watch.group('the first member', ([one]) => one === 'one: 0,1,2')
  await first.commit(0, 5)
  await first.commit(2, 7)
  await first.commit(0, 6)
  {
    await using second = await watch.classic('classic', 'two')
    await watch.group('both members', ({ length }) => length === 2)
    await until(() => second.commit(0, 8).then(() => true), { what: 'a commit', deadline: DEADLINE })
  }
  await until(
    async () => shown((await watch.read('k.group')).at(-1) as Seen<'k.group'>)[0] === 'one: 0,1,2',
    {
      what: 'the first member alone again',
      deadline: DEADLINE,
    },
  )
  const commits = watch.all('k.commit')
  assert.deepEqual(offsets(commits), ['classic/0: 5', 'classic/2: 7', 'classic/0: 6', 'classic/0: 8'])
  assert.ok(commits.every(({ topic }) => topic === 'classic'))
  const groups = watch.all('k.group')
  const generations = groups.map(({ generation }) => generation)
  assert.deepEqual(
    generations,
    [...generations].sort((a, b) => a - b),
  )
  assert.ok(groups.every(({ type }) => type === 'classic'))
  const both = groups.find(({ members }) => members.length === 2)
  assert.equal(both?.protocol, 'RoundRobinAssigner')
  const owned = both?.members.flatMap(({ partitions }) => partitions) ?? []
  assert.deepEqual(owned.map(({ topic, partition }) => `${topic}/${partition}`).sort(), [
    'classic/0',
    'classic/1',
    'classic/2',
  ])
  assert.ok((both?.members ?? []).every(({ memberId, clientId }) => memberId.startsWith(`${clientId}-`)))
  assertRising([...commits, ...groups].sort((a, b) => a.position - b.position))
  assert.deepEqual(watch.all('observer.gap'), [])
})

test('a group of the consumer protocol: its epochs, and no partition with two owners', async () => {
  await using watch = await watched('cooperative')
  await using first = await watch.cooperative('cooperative', 'one')
  await watch.group('the first member', ([one]) => one === 'one: 0,1,2')
  await first.commit(1, 3)
  {
    await using second = await watch.cooperative('cooperative', 'two')
    await watch.group(
      'both members with partitions',
      (members) => members.length === 2 && members.every((one) => /\d/.test(one)),
    )
    await until(() => second.commit(2, 4).then(() => true), { what: 'a commit', deadline: DEADLINE })
  }
  await until(() => shown(watch.all('k.group').at(-1) as Seen<'k.group'>)[0] === 'one: 0,1,2', {
    what: 'the first member alone again',
    deadline: DEADLINE,
  })
  await watch.observer.fence()
  assert.deepEqual(offsets(watch.all('k.commit')), ['cooperative/1: 3', 'cooperative/2: 4'])
  const groups = watch.all('k.group')
  assert.ok(groups.every(({ type, protocol }) => type === 'consumer' && protocol === 'range'))
  assertRising(groups)
  for (const { members } of groups) {
    const owned = members.flatMap(({ partitions }) =>
      partitions.map(({ topic, partition }) => `${topic}/${partition}`),
    )
    assert.equal(new Set(owned).size, owned.length)
    assert.ok(owned.every((one) => /^cooperative\/[012]$/.test(one)))
  }
  const [alone, , ...later] = [...new Set(groups.map(({ generation }) => generation))]
  assert.ok(alone !== undefined && later.every((epoch) => epoch > alone))
})

test('groups are not mixed: a observer sees its own, another one the other', async () => {
  await using watch = await watched('mixed', ['mixed-1'])
  await using both = await watched('mixed', ['mixed-1', 'mixed-2'])
  await commit('mixed-1', 'mixed', 1)
  await commit('mixed-2', 'mixed', 2)
  await commit('mixed-1', 'mixed', 3)
  assert.deepEqual(offsets(await watch.read('k.commit')), ['mixed-1/0: 1', 'mixed-1/0: 3'])
  assert.deepEqual(offsets(await both.read('k.commit')), ['mixed-1/0: 1', 'mixed-2/0: 2', 'mixed-1/0: 3'])
})

test('deleted offsets are −1, a deleted group has no members', async () => {
  await using watch = await watched('deleted')
  {
    await using member = await watch.classic('deleted', 'one')
    await watch.group('a member', ([one]) => one === 'one: 0,1,2')
    await member.commit(1, 9)
  }
  await watch.group('nobody', ({ length }) => length === 0)
  const admin = watch.kafka.admin()
  await admin.connect()
  await admin.deleteGroups(['deleted'])
  await admin.disconnect()
  assert.deepEqual(offsets(await watch.read('k.commit')), ['deleted/1: 9', 'deleted/1: -1'])
  assert.deepEqual(watch.all('k.group').at(-1)?.members, [])
})

test('offsets that a Kafka transaction sends count when it commits, and not when it aborts', async () => {
  await using watch = await watched('transactional')
  const producer = watch.kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: true,
    maxInFlightRequests: 1,
    transactionalId: 'offset-observer',
  })
  await producer.connect()
  const send = async (offset: string) => {
    const transaction = await producer.transaction()
    const partitions = [{ partition: 0, offset }]
    const offsets = { consumerGroupId: 'transactional', topics: [{ topic: 'transactional', partitions }] }
    // The broker may still be ending the transaction before.
    const sent = () => transaction.sendOffsets(offsets).then(() => true)
    await until(sent, { what: 'offsets to be sent', deadline: DEADLINE })
    return transaction
  }
  await (await send('4')).abort()
  const open = await send('5')
  assert.deepEqual(await watch.read('k.commit'), [])
  await open.commit()
  await producer.disconnect()
  // The coordinator answers before it has written the markers.
  const came = async () => (await watch.read('k.commit')).length > 0
  await until(came, { what: 'the commit', deadline: DEADLINE })
  assert.deepEqual(offsets(await watch.read('k.commit')), ['transactional/0: 5'])
})

test('a topic that is deleted, a broker that crashes: each commit once, and the whole log was read', async () => {
  await using watch = await watched('crashed')
  await commit('crashed', 'crashed', 1)
  assert.deepEqual(offsets(await watch.read('k.commit')), ['crashed/0: 1'])
  await stack.kafka.kill()
  await assert.rejects(watch.observer.fence(500), { code: 'EVENTPROOF_DEADLINE_PASSED' })
  await stack.kafka.restart()
  await until(() => commit('crashed', 'crashed', 2).then(() => true), {
    what: 'a commit',
    deadline: DEADLINE,
    every: 200,
  })
  const commits = offsets(await watch.read('k.commit'))
  assert.deepEqual([...new Set(commits)], ['crashed/0: 1', 'crashed/0: 2'])
  assertRising(watch.all('k.commit'))

  await deleteTopics(stack.kafka.bootstrapServers('host'), ['cooperative'])
  await using late = await watched('late', ['cooperative'])
  const groups = await late.read('k.group')
  const topics = new Set(groups.flatMap(({ members }) => members.flatMap(({ partitions }) => partitions)))
  assert.ok(topics.size > 0 && [...topics].every(({ topic }) => topic.length === 22))
  const end = late.all('k.end').at(-1)
  assert.ok(end?.topic === OFFSETS_TOPIC && end.partition === 0 && end.from === 0 && end.end > 20)
  assert.deepEqual(late.all('observer.gap'), [])
})
