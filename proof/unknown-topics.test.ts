import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counterexample, held, stalled, violated } from './findings.ts'
import type { HistoryEvent } from './history/event.ts'
import { unlessUndeclared } from './unknown-topics.ts'

const says = counterexample('event e-1 waited 15.0 s', [7], {}, 'C')
const late = stalled('IC2', 'stalled-consumer', says)
const at = { seq: 1, at: 1, scenario: 's' } as const
const made = (subject: string): HistoryEvent => {
  return { ...at, kind: 'fact', name: 'topic.partitions', subject, value: 3 }
}
const asked = (subject: string): HistoryEvent => {
  return { ...at, kind: 'fact', name: 'topic.unknown', subject, value: 'payments' }
}

test('a stall beside a topic that nobody declared is none, and says which', () => {
  const finding = unlessUndeclared(late, [made('s.events'), asked('s.events-dlq')])
  assert.ok(finding.kind === 'unknown')
  assert.match(finding.reason, /waited 15\.0 s; but its client 'payments' asked for topic 's\.events-dlq'/)
})

test('a declared topic that was not there for a moment, or none, excuses nothing', () => {
  assert.equal(unlessUndeclared(late, [asked('s.events'), made('s.events')]), late)
  assert.equal(unlessUndeclared(late, []), late)
})

test('what was lost stays lost, what held stays held', () => {
  for (const finding of [violated('IC1', 'lost-effect', says), held('IC1', 3)])
    assert.equal(unlessUndeclared(finding, [asked('s.events-dlq')]), finding)
})
