import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from './finding.ts'
import { counterexample, held, stalled, violated } from './findings.ts'
import { headlines } from './headlines.ts'
import type { PredicateWords } from './predicate.ts'

const words = (
  id: string,
  control: string,
  violations: PredicateWords['violations'],
): [string, PredicateWords] => [
  id,
  { id, title: id, promise: id, formal: id, controls: [control], violations },
]
const PREDICATES = new Map([
  words('OA1', 'P1', { 'stalled-relay': {}, 'lost-event': {} }),
  words('OA8', 'P1', { 'poisoned-relay': { leadsTo: ['stalled-relay'] } }),
  words('CG1', 'C4', { 'eager-assignor': {} }),
])

const shown = counterexample('it is seen', [1])
const late = stalled('OA1', 'stalled-relay', shown)
const poisoned = stalled('OA8', 'poisoned-relay', shown)
const eager = violated('CG1', 'eager-assignor', shown)
const lost = violated('OA1', 'lost-event', shown)
const order = (findings: readonly Finding[], ...controls: string[]) =>
  headlines(findings, PREDICATES, controls).map((finding) => finding.name)

test('a cause comes before what it leads to', () => {
  assert.deepEqual(order([held('OA2', 3), late, poisoned], 'P1'), ['poisoned-relay', 'stalled-relay'])
  assert.deepEqual(order([late], 'P1'), ['stalled-relay'])
})

test('what breaks the scenario’s own control comes before what breaks another one', () => {
  assert.deepEqual(order([eager, lost], 'P1'), ['lost-event', 'eager-assignor'])
  assert.deepEqual(order([eager, lost], 'C4'), ['eager-assignor', 'lost-event'])
})

test('a violation comes before what is late, whatever control it breaks', () => {
  assert.deepEqual(order([poisoned, late, eager], 'P1'), [
    'eager-assignor',
    'poisoned-relay',
    'stalled-relay',
  ])
})
