import { strictEqual } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HistoryBuilder } from '../fixture/builder.ts'
import { evidenceOf, open } from '../fixture/kinds.ts'
import type { PlanChange } from '../fixture/plan.ts'
import { load } from './load.ts'

const KEYS = Array.from({ length: 6 }, (_, n) => `o-${n}`)

/** Orders that all come to partition 0 under this key of their record, or the one of their aggregate. */
function onOnePartition(change: PlanChange = {}, key?: string | null): HistoryBuilder {
  const h = new HistoryBuilder({ windows: [], faults: [], ...change })
  for (const aggregate of KEYS) {
    const order = h.invoke(aggregate)
    h.commitOrder(order)
    h.ok(order).publish(order, { partition: 0, ...(key === undefined ? {} : { key }) })
    h.mark(order)
  }
  return h
}

function loadOf(h: HistoryBuilder) {
  h.end()
  return load.look(evidenceOf(open(h)))
}

describe('how many partitions a load of a publisher needs', () => {
  it('is several where records have keys, and what to change is said', () => {
    const guard = loadOf(onOnePartition())
    strictEqual(guard.met, false)
    strictEqual(/1 of 2 partitions: .*--events.*order: 'none'/.test(guard.evidence), true, guard.evidence)
  })

  it('is several where all records have one key', () => {
    strictEqual(loadOf(onOnePartition({}, 'all')).met, false)
  })

  it('is not asked where records have no key', () => {
    const guard = loadOf(onOnePartition({}, null))
    strictEqual(guard.met, true, guard.evidence)
  })

  it('is not asked where no order is declared', () => {
    const guard = loadOf(onOnePartition({ publisher: { order: 'none' } }))
    strictEqual(guard.met, true, guard.evidence)
  })
})

describe('a load that is too small', () => {
  it('tells that the service refused commands', () => {
    const h = new HistoryBuilder({ windows: [], faults: [] })
    h.orders('o-1', 'o-2')
    h.fail(h.invoke('o-1'))
    const { evidence } = loadOf(h)
    strictEqual(
      /2 of \d+ events: the service refused 1 of 3 commands \(HTTP 409: refused\)/.test(evidence),
      true,
      evidence,
    )
  })
})
