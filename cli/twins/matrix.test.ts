import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isAsExpected, type MatrixRow, matrixMarkdown } from './matrix.ts'
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
const killed = trial({ verdict: 'VIOLATED', names: ['lost-event', 'stalled-relay'], trialsToKill: 1 })
const row = (expected: readonly string[], ...trials: SubjectTrial[]): MatrixRow => ({
  twin: 't',
  control: 'P1',
  expected,
  trials,
})

describe('the matrix of twins', () => {
  it('wants a broken twin killed by its own violation in every run', () => {
    assert.ok(isAsExpected(row(['lost-event'], killed, killed)))
    assert.ok(!isAsExpected(row(['lost-event'], killed, trial({}))))
    assert.ok(!isAsExpected(row(['phantom-event'], killed)))
  })

  it('wants a correct twin HELD in every run', () => {
    assert.ok(isAsExpected(row(['HELD'], trial({}))))
    assert.ok(!isAsExpected(row(['HELD'], trial({}), killed)))
    assert.ok(!isAsExpected(row(['HELD'], trial({ verdict: 'VACUOUS' }))))
  })

  it('wants of a correct twin that costs something that, and nothing else', () => {
    const costs = { ...row(['lost-event', 'stalled-relay'], killed), only: true } as const
    assert.ok(isAsExpected(costs))
    assert.ok(!isAsExpected({ ...costs, expected: ['lost-event'] }))
    assert.ok(!isAsExpected({ ...costs, trials: [trial({})] }))
  })

  it('wants the anti-pattern of a twin found in every run', () => {
    const fat = { ...row(['HELD'], trial({ antiPatterns: ['fat-events'] })), antiPattern: 'fat-events' }
    assert.ok(isAsExpected(fat))
    assert.ok(!isAsExpected({ ...fat, trials: [...fat.trials, trial({})] }))
    assert.ok(!isAsExpected({ ...fat, expected: ['lost-event'] }))
    assert.match(matrixMarkdown([fat]), /HELD \+ fat-events \| HELD \+ fat-events/)
  })

  it('takes nothing run for nothing proven', () => {
    assert.ok(!isAsExpected(row(['HELD'])))
  })

  it('marks what survived', () => {
    const lines = matrixMarkdown([
      row(['lost-event'], killed),
      row(['lost-event'], trial({ verdict: 'VACUOUS', reason: 'no fault' })),
    ])
    assert.match(lines, /\| `t` \| P1 \| lost-event \| lost-event, stalled-relay \| 1\/1 \| 1 \| 2\.0 \|/)
    assert.match(lines, /\| VACUOUS \(no fault\) \| 0\/1 ✗ \| – \|/)
  })
})
