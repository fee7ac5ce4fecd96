import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { late } from '../../../proof/history/fixture/late.ts'
import { delays, lookedAt, pauses } from '../../../proof/history/fixture/looked-at.ts'
import { PREDICATES } from '../fixture/kinds.ts'
import { correctLife, cycles } from '../fixture/life.ts'
import { ScalingView } from './scaling-view.ts'

test('whoever looks in between sees the same', () => {
  fc.assert(
    fc.property(cycles, delays, pauses, (cycles, delays, pauses) => {
      const h = correctLife(cycles)
      lookedAt(
        () => new ScalingView(h.plan),
        late(h.events, delays),
        pauses,
        (followed, at) => {
          assert.deepEqual(followed.replicas, at.replicas)
          assert.deepEqual(followed.work, at.work)
          assert.deepEqual(followed.lag.samples, at.lag.samples)
          for (const predicate of PREDICATES.values())
            assert.deepEqual(predicate.check(followed), predicate.check(at))
        },
      )
    }),
    { numRuns: 20 },
  )
})
