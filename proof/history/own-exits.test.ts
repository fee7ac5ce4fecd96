import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryEvent, NewEvent } from './event.ts'
import { exitsInWords } from './own-exits.ts'

const EXITED = { kind: 'proc', service: 'consumer-1', instance: 0, id: 'process 7', event: 'exited' } as const
const POD = { kind: 'k8s.object', resource: 'Pod', name: 'consumer-1', change: 'modified' } as const

function said(...events: readonly NewEvent[]): string {
  const before: NewEvent = { kind: 'phase', phase: 'control-before' }
  return exitsInWords(
    [before, ...events].map((event, seq): HistoryEvent => ({ seq, at: seq, scenario: 's', ...event })),
  )
}

test('a process that nobody told to end is named', () => {
  const exit = { ...EXITED, code: 1, signal: null }
  assert.equal(said(exit), 'consumer-1#0 ended by itself with exit code 1 without a fault of ours')
  assert.notEqual(said({ ...POD, fields: { ending: false } }, exit), '')
})

test('one that ended when a component was gone is not told: it may have gone with it', () => {
  const exit = { ...EXITED, code: 137, signal: null }
  const lost = { kind: 'fact', name: 'component.lost', subject: 'stack', value: 'postgres was gone' } as const
  assert.equal(said(exit, lost), '')
})

test('one that was told to is not: by us, or by its cluster', () => {
  const exit = { ...EXITED, code: 0, signal: null }
  assert.equal(said({ ...EXITED, event: 'ended' }, exit), '')
  assert.equal(said({ ...POD, fields: { ending: true } }, exit), '')
})
