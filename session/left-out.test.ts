import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Capability } from '../stacks/stack.ts'
import { inReach, inTime, leftOutInWords } from './left-out.ts'
import type { Selected } from './selection.ts'

const scenario = (title: string, tags: readonly string[]): Selected => ({
  id: title,
  pickle: {
    title,
    feature: 'x',
    tags,
    uri: 'features/x.feature',
    root: '/here',
    line: 1,
    description: '',
    steps: [],
  },
  subject: { kind: 'scaling', name: 'order-consumer' },
  controls: ['O1'],
})
const quick = scenario('it is woken', ['O1', 'scaling'])
const slow = scenario('it runs by the clock', ['O1', 'scaling', 'cron', 'slow'])
const chosen = (profile: 'quick' | 'full' | 'guide', ...selection: string[]) =>
  inTime([quick, slow], { profile, selection })

test('the quick profile leaves out what takes minutes, and says what and how it is proved', () => {
  const { run, leftOut } = chosen('quick', 'O1')
  assert.deepEqual(run, [quick])
  assert.deepEqual(leftOut, [{ scenario: slow.id, title: slow.pickle.title, controls: ['O1'] }])
  assert.match(leftOutInWords(leftOut).join(), /it runs by the clock \(O1\)\. `eventproof prove @slow`/)
})

test('who asks for it by a tag gets it, and so does another profile', () => {
  for (const { run, leftOut } of [chosen('quick', '@cron'), chosen('quick', '@slow'), chosen('full')]) {
    assert.deepEqual(run, [quick, slow])
    assert.deepEqual(leftOut, [])
  }
})

const evicted = scenario('it is evicted', ['O1', 'scaling', 'evict-pod'])
const on = (has: readonly Capability[], lacks: readonly [Capability, string][], ...selection: string[]) =>
  inReach([quick, evicted], { capabilities: new Set(has), lacking: new Map(lacks) }, selection)

test('what only another stack can run is left out with the reason, where nobody asked for it by a tag', () => {
  const because = 'evict-pod: there are no nodes'
  const { run, leftOut } = on([], [['evict-pod', because]], 'O1')
  assert.deepEqual(run, [quick])
  assert.deepEqual(leftOut, [
    { scenario: evicted.id, title: evicted.pickle.title, controls: ['O1'], because },
  ])
  assert.match(leftOutInWords(leftOut).join(), /it is evicted \(O1\)\. evict-pod: there are no nodes/)
  assert.deepEqual(on([], [['evict-pod', because]], '@evict-pod').run, [quick, evicted])
})

test('a tag that others have, too, asks for those', () => {
  const { run, leftOut } = on([], [['evict-pod', 'there are no nodes']], '@scaling')
  assert.deepEqual(run, [quick])
  assert.equal(leftOut.length, 1)
})

test('a stack that has it runs it', () => {
  assert.deepEqual(on(['evict-pod'], [], 'O1').run, [quick, evicted])
  assert.deepEqual(on([], [['prometheus', 'there is none']], 'O1').run, [quick, evicted])
})
