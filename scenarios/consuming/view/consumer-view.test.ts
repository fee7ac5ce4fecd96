import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { EventOf } from '../../../proof/history/event.ts'
import { late } from '../../../proof/history/fixture/late.ts'
import { delays, lookedAt, pauses } from '../../../proof/history/fixture/looked-at.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { PREDICATES } from '../fixture/kinds.ts'
import { CorrectConsumer, steps } from '../fixture/life.ts'
import { PLAN } from '../fixture/plan.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import { ConsumerView } from './consumer-view.ts'

const { table, key, amount = 'amount' } = PLAN.consumer.effects

const DECLARATIONS: Readonly<Record<string, Partial<ConsumerDeclaration>>> = {
  'effects with ids': {},
  'effects by amount': { effects: { table, amount, ...(key ? { key } : {}) } },
  'effects in sums': { effects: { table, sum: amount, ...(key ? { key } : {}) } },
  'records without ids': { eventId: { header: 'nowhere' } },
}

for (const [what, declared] of Object.entries(DECLARATIONS)) {
  test(`whoever looks in between sees the same: ${what}`, () => {
    fc.assert(
      fc.property(steps, delays, pauses, (steps, delays, pauses) => {
        const h = new CorrectConsumer().live(steps)
        const plan = { ...h.plan, consumer: { ...h.plan.consumer, ...declared } }
        lookedAt(
          () => new ConsumerView(plan),
          late(h.events, delays),
          pauses,
          (followed, at) => {
            assert.deepEqual(seen(followed), seen(at))
            for (const predicate of PREDICATES.values())
              assert.deepEqual(predicate.check(followed), predicate.check(at))
          },
        )
      }),
      { numRuns: 100 },
    )
  })
}

test('a record that names another event than was placed there is moved once it is known what was placed', () => {
  const h = new ConsumerHistory()
  const first = h.put('o-1')
  const again = h.copy(first)
  const placed = h.events.findLast(({ kind }) => kind === 'input') as EventOf<'input'>
  const view = new ConsumerView(h.plan)
  for (const event of h.events) {
    if (event !== placed) view.add(event)
  }
  assert.equal(view.event(first.id)?.deliveries.length, 2)
  view.add({ ...placed, event: 'another' })
  assert.equal(view.event(first.id)?.deliveries.length, 1)
  assert.deepEqual(view.event('another')?.deliveries[0]?.record.offset, again.offset)
})

function seen(view: ConsumerView) {
  const { topics, effects, group } = view
  return {
    consumed: view.consumed,
    deliveries: topics.deliveries,
    retries: topics.retries,
    deadLetters: topics.deadLetters,
    outputs: topics.outputs,
    uncaused: topics.uncaused,
    holes: topics.coverages.map(({ holes }) => holes),
    unexplained: effects.unexplained,
    lowered: effects.lowered,
    commits: group.count,
    times: view.consumed.map((event) => view.timesApplied(event)),
  }
}
