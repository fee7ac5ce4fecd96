import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agree, parityMarkdown } from './parity.ts'
import type { SubjectTrial } from './subject-trial.ts'

const trial = (changes: Partial<SubjectTrial>): SubjectTrial => ({
  verdict: 'HELD',
  names: [],
  antiPatterns: [],
  trialsToKill: undefined,
  seconds: 2,
  reason: '',
  directory: undefined,
  ...changes,
})
const row = (
  processes: Partial<SubjectTrial>,
  containers: Partial<SubjectTrial>,
  expected = 'lost-effect',
) => ({
  subject: 'offset-first',
  selection: ['@W14'],
  expected,
  on: { processes: trial(processes), containers: trial(containers) },
})

test('stacks agree where the verdict is the same, and what must be found is found on each', () => {
  const lost = { verdict: 'VIOLATED', names: ['lost-effect'] } as const
  assert.ok(agree(row({}, {}, 'HELD')))
  assert.ok(!agree(row({}, {})))
  assert.ok(agree(row(lost, lost)))
  assert.ok(!agree(row(lost, {})))
  assert.ok(agree(row(lost, { ...lost, names: ['lost-effect', 'stalled-consumer'] })))
  assert.ok(!agree(row(lost, { ...lost, names: ['stalled-consumer'] })))
})

test('two errors are no agreement, and neither is one stack', () => {
  assert.ok(!agree(row({ verdict: 'ERROR' }, { verdict: 'ERROR' })))
  assert.ok(!agree({ subject: 'x', selection: [], expected: 'HELD', on: { processes: trial({}) } }))
})

test('the table names what differs', () => {
  const vacuous = { verdict: 'VACUOUS', reason: 'no fault' } as const
  const [head, , line] = parityMarkdown([row({}, vacuous)]).split('\n')
  assert.match(head ?? '', /\| must be \| processes \| containers \| seconds on processes \|/)
  assert.match(line ?? '', /\| HELD \| VACUOUS \(no fault\) \| 2 \| 2 \| ✗ \|/)
})
