import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { until } from '../../core/until.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import type { NewEvent } from '../history/event.ts'
import { LogObserver } from './log-observer.ts'
import { createTopics } from './topics.ts'

const TOPIC = 'compacted'
const SETTINGS = {
  'cleanup.policy': 'compact',
  'segment.ms': '500',
  'min.cleanable.dirty.ratio': '0.01',
  'max.compaction.lag.ms': '500',
}

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-compacted-log-'))
  stack = await openStack('processes', { logs })
  await stack.need(['kafka'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

test('who reads from the start has everything; who comes late says what was gone', async () => {
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  const topics = { [TOPIC]: 1 }
  await createTopics(bootstrapServers, topics, { settings: SETTINGS })
  const events: NewEvent[] = []
  const record = (event: NewEvent) => void events.push(event)
  await using early = LogObserver.open({ bootstrapServers, topics, record })
  await using writer = await stack.kafka.writer()
  let written = 0
  const write = () => writer.write(TOPIC, { key: 'o-1', value: `${++written}`, partition: 0 })
  // A segment is closed by a write that comes after its time; only closed ones are compacted.
  const compacted = async () => {
    await write()
    return (await early.removedSince()) > 1
  }
  await until(compacted, { what: 'the broker to compact the topic', deadline: 60_000, every: 300 })
  await early.fence()
  assert.equal(events.filter(({ kind }) => kind === 'k.record').length, written)
  assert.equal(events.filter(({ kind }) => kind === 'k.removed').length, 0)

  events.length = 0
  await using late = LogObserver.open({ bootstrapServers, topics, record })
  await late.fence()
  const gone = events
    .filter((event) => event.kind === 'k.removed')
    .reduce((sum, { from, to }) => sum + to - from, 0)
  const read = events.filter(({ kind }) => kind === 'k.record').length
  assert.ok(gone > 1 && read > 0)
  assert.equal(gone + read, written)
})
