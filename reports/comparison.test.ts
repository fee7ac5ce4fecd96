import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { compareRuns } from './comparison.ts'
import { goodScenarios } from './fixture/run-directory.ts'
import { heldScenario, runRecord, violatedScenario } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { controlsOf } from './verdicts.ts'

const verdictsOf = (scenarios: readonly ScenarioJudgement[]) => controlsOf(scenarios, runRecord(), KINDS)
const good = verdictsOf(goodScenarios())

describe('two runs compared', () => {
  it('differ in nothing where they say the same', () => {
    assert.deepEqual(compareRuns(good, good), { changes: [], violations: [], worse: false })
  })

  it('tell a control that is violated now, its scenario, and the violation by name', () => {
    const [first, ...others] = goodScenarios()
    const broken = verdictsOf([violatedScenario('lost-event', {}, { id: first?.id ?? '' }), ...others])
    const { changes, violations, worse } = compareRuns(good, broken)
    assert.equal(worse, true)
    assert.deepEqual(
      changes.map(({ of, id, before, after, direction }) => [of, id, before, after, direction]),
      [
        ['control', 'P1', 'HELD', 'VIOLATED', 'worse'],
        ['scenario', first?.id, 'HELD', 'VIOLATED', 'worse'],
      ],
    )
    assert.deepEqual(
      violations.map(({ direction, name }) => [direction, name]),
      [['found', 'lost-event']],
    )
    const back = compareRuns(broken, good)
    assert.equal(back.worse, false)
    assert.deepEqual(new Set(back.changes.map(({ direction }) => direction)), new Set(['better']))
    assert.equal(back.violations[0]?.direction, 'gone')
  })

  it('are worse by another violation under the same verdict', () => {
    const [one, other] = [violatedScenario('lost-event'), violatedScenario('phantom-event')].map((each) =>
      verdictsOf([each]),
    )
    if (one === undefined || other === undefined) throw new Error('both are there')
    assert.equal(compareRuns(one, other).worse, true)
  })

  it('tell scenarios that only one of them has, and what that costs a control', () => {
    const fewer = verdictsOf(goodScenarios().filter(({ controls }) => !controls.includes('P3')))
    const { changes, worse } = compareRuns(good, fewer)
    assert.equal(worse, true)
    assert.ok(
      changes.some(
        ({ id, after, direction }) => id === 'P3' && after === 'NOT-PROVEN' && direction === 'worse',
      ),
    )
    assert.ok(changes.some(({ of, direction }) => of === 'scenario' && direction === 'gone'))
    const more = compareRuns(good, verdictsOf([...goodScenarios(), heldScenario({ id: 'more' })]))
    assert.deepEqual(
      more.changes.map(({ id, direction }) => [id, direction]),
      [['more', 'added']],
    )
    assert.equal(more.worse, false)
  })
})
