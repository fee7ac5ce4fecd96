import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inPresentWords, presentKeys } from './former-words.ts'

test('lines of former versions are read in the words of this one', () => {
  const at = { seq: 1, at: 2, scenario: 's' }
  assert.deepEqual(inPresentWords({ ...at, kind: 'fault.bitten', fault: 'kill' }), {
    ...at,
    kind: 'fault.took-effect',
    fault: 'kill',
  })
  assert.deepEqual(inPresentWords({ ...at, kind: 'witness.gap', witness: 'log', reason: 'gone' }), {
    ...at,
    kind: 'observer.gap',
    observer: 'log',
    reason: 'gone',
  })
  assert.deepEqual(inPresentWords({ ...at, kind: 'scenario.plan', plan: { id: 'x', checkers: ['OA1'] } }), {
    ...at,
    kind: 'scenario.plan',
    plan: { id: 'x', predicates: ['OA1'], traits: [], faults: [], gates: [] },
  })
})

test('former faults and facts did not say of themselves what is known of them by their names', () => {
  const injected = { seq: 1, kind: 'fault.injected', target: 't', effect: '' }
  assert.deepEqual(inPresentWords({ ...injected, fault: 'poison' }), {
    ...injected,
    fault: 'poison',
    lasting: true,
  })
  assert.deepEqual(inPresentWords({ ...injected, kind: 'fault.armed', fault: 'wire' }), {
    ...injected,
    fault: 'wire',
    excuses: 'once',
  })
  assert.deepEqual(inPresentWords({ ...injected, fault: 'kill' }), { ...injected, fault: 'kill' })
  const reached = (fault: string, target: string) =>
    inPresentWords({ ...injected, fault, target }).unreachable
  assert.deepEqual(
    [
      reached('link', 's1-service→postgres'),
      reached('link', 's1-relay→kafka'),
      reached('crash-database', 's1'),
    ],
    ['database', 'kafka', 'database'],
  )
  const fact = { seq: 2, kind: 'fact', subject: 'cdc', value: true }
  assert.deepEqual(inPresentWords({ ...fact, name: 'connector.restarted' }), {
    ...fact,
    name: 'component.restarted',
    value: 'connector',
  })
})

test('former plans named gates among faults, and their windows said what they are about', () => {
  const plan = { id: 'x', kind: 'consuming', windows: ['W16'], faults: ['effect-gate', 'pause'] }
  const line = { seq: 1, kind: 'scenario.plan' }
  assert.deepEqual(inPresentWords({ ...line, plan }), {
    ...line,
    plan: { ...plan, traits: ['rebalance', 'two-members'], faults: ['pause'], gates: ['effect'] },
  })
})

test('what ran is told by its process in runs of former versions', () => {
  const line = { seq: 1, kind: 'proc', service: 'relay', instance: 0, pid: 7, event: 'started' }
  assert.deepEqual(inPresentWords(line), { ...line, id: 'process 7' })
})

test('lines of this version stay as they are', () => {
  const line = { seq: 1, at: 2, scenario: 's', kind: 'k.record', value: 'witness' }
  assert.equal(inPresentWords(line), line)
})

test('verdicts of former versions are read in the words of this one', () => {
  const text = '{"violations":[{"checker":"OA1","name":"lost-event","witness":{"says":"gone","events":[1]}}]}'
  assert.deepEqual(JSON.parse(text, presentKeys), {
    violations: [{ predicate: 'OA1', name: 'lost-event', counterexample: { says: 'gone', events: [1] } }],
  })
})
