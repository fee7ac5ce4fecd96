import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agree, parityMarkdown } from './parity.ts'
import type { TwinTrial } from './twin-trial.ts'

const trial = (changes: Partial<TwinTrial>): TwinTrial => ({
  verdict: 'HELD',
  names: [],
  antiPatterns: [],
  trialsToKill: undefined,
  seconds: 2,
  reason: '',
  directory: undefined,
  ...changes,
})
const row = (processes: Partial<TwinTrial>, containers: Partial<TwinTrial>, expected = 'lost-effect') => ({
  subject: 'offset-first',
  windows: ['W14'],
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
  assert.ok(!agree({ subject: 'x', windows: [], expected: 'HELD', on: { processes: trial({}) } }))
})

test('the table names what differs', () => {
  const vacuous = { verdict: 'VACUOUS', reason: 'no fault' } as const
  const [head, , line] = parityMarkdown([row({}, vacuous)]).split('\n')
  assert.match(head ?? '', /\| must be \| processes \| containers \| seconds on processes \|/)
  assert.match(line ?? '', /\| HELD \| VACUOUS \(no fault\) \| 2 \| 2 \| ✗ \|/)
})
