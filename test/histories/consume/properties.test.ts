import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHECKERS } from '../../../proof/checkers/consume/checkers.ts'
import { EDITS } from '../../../proof/edits/consume/edits.ts'
import { ConsumerView } from '../../../proof/history/consumer-view.ts'
import { judged } from './judged.ts'
import { CorrectConsumer, steps } from './life.ts'

const RUNS = 800

test('there is an edit for each checker', () => {
  assert.deepEqual([...EDITS.keys()].sort(), [...CHECKERS.keys()].sort())
})

test('no checker flags a history of a correct consumer', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const h = new CorrectConsumer().live(steps)
      for (const id of CHECKERS.keys()) assert.equal(judged(id, h), 'held', id)
    }),
    { numRuns: RUNS },
  )
})

for (const [id, edit] of EDITS) {
  test(`${id} names the edit: ${edit.says}`, () => {
    let edited = 0
    fc.assert(
      fc.property(steps, (steps) => {
        const h = new CorrectConsumer().live(steps)
        const view = new ConsumerView(h.events, h.plan)
        const events = edit.applies(view) ? edit.apply(view) : undefined
        if (events === undefined) return
        edited++
        const finding = CHECKERS.get(id)?.check(new ConsumerView(events, h.plan))
        assert.ok(finding?.kind === 'violated' || finding?.kind === 'stalled', `${id} says ${finding?.kind}`)
        assert.ok(edit.names.includes(finding.name), finding.name)
      }),
      { numRuns: RUNS / 4 },
    )
    assert.ok(edited > RUNS / 20, `only ${edited} histories could be edited`)
  })
}
