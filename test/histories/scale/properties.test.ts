import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHECKERS } from '../../../proof/checkers/scale/checkers.ts'
import { EDITS } from '../../../proof/edits/scale/edits.ts'
import { ScalingView } from '../../../proof/history/scaling-view.ts'
import { judged } from './judged.ts'
import { correctLife, cycles } from './life.ts'

const RUNS = 500
/** Not every load asks for more than one replica. */
const SOMETIMES = new Set(['SZ8'])

test('no checker flags a history of a correct workload', () => {
  fc.assert(
    fc.property(cycles, (cycles) => {
      const h = correctLife(cycles)
      for (const id of CHECKERS.keys()) assert.equal(judged(id, h), 'held', id)
    }),
    { numRuns: RUNS },
  )
})

for (const [id, edit] of EDITS) {
  test(`${id} names the edit: ${edit.says}`, () => {
    fc.assert(
      fc.property(cycles, (cycles) => {
        const h = correctLife(cycles)
        const view = new ScalingView(h.events, h.plan)
        if (SOMETIMES.has(id)) fc.pre(edit.applies(view))
        else assert.ok(edit.applies(view))
        const events = edit.apply(view)
        assert.ok(events !== undefined, 'every such history can be edited')
        const finding = CHECKERS.get(id)?.check(new ScalingView(events, h.plan))
        assert.ok(finding?.kind === 'violated' || finding?.kind === 'stalled', `${id} says ${finding?.kind}`)
        assert.ok(edit.names.includes(finding.name), finding.name)
      }),
      { numRuns: RUNS / 4 },
    )
  })
}
