import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHECKERS } from '../../proof/checkers/publish/checkers.ts'
import { EDITS } from '../../proof/edits/publish/edits.ts'
import { PublisherView } from '../../proof/history/publisher-view.ts'
import { judged } from './judged.ts'
import { CorrectLife, steps } from './life.ts'

const RUNS = 2000

test('no checker flags a history of a correct publisher', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const h = new CorrectLife().live(steps)
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
        const h = new CorrectLife().live(steps)
        const view = new PublisherView(h.events, h.plan)
        const events = edit.applies(view) ? edit.apply(view) : undefined
        if (events === undefined) return
        edited++
        const finding = CHECKERS.get(id)?.check(new PublisherView(events, h.plan))
        assert.ok(finding?.kind === 'violated' || finding?.kind === 'stalled', `${id} says ${finding?.kind}`)
        assert.ok(edit.names.includes(finding.name), finding.name)
      }),
      { numRuns: RUNS / 8 },
    )
    assert.ok(edited > RUNS / 16, `only ${edited} histories could be edited`)
  })
}

/** Which of the marked events is lost must not matter. */
test('any marked event that disappears is lost after its mark', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (steps, pick) => {
      const h = new CorrectLife().live(steps)
      const marked = new PublisherView(h.events, h.plan)
        .expectedEvents()
        .filter(({ mark }) => mark !== undefined)
      const victim = marked[pick % Math.max(1, marked.length)]
      if (victim === undefined) return
      const other = { value: null, headers: {}, key: null }
      const events = h.events.map((event) =>
        event.kind === 'k.record' && event.value === victim.payload ? { ...event, ...other } : event,
      )
      const finding = CHECKERS.get('OA1')?.check(new PublisherView(events, h.plan))
      assert.equal(finding?.kind === 'violated' && finding.name, 'lost-after-mark')
      assert.equal(finding?.kind === 'violated' && finding.witness.subject.eventId, victim.id)
    }),
    { numRuns: RUNS / 4 },
  )
})
