import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HistoryBuilder } from '../scenarios/publishing/fixture/builder.ts'
import { kindsWith } from '../scenarios/publishing/fixture/kinds.ts'
import { judge } from './judge.ts'

const BUSY = { kind: 'fact', name: 'machine.starved', subject: 'scenario', value: 12.4 } as const

/** One event is published and another one is not, within a bound of a second. */
function judged(write: (h: HistoryBuilder) => void) {
  const h = new HistoryBuilder({ predicates: ['OA1', 'OA8'], windows: [], trials: 0 })
  h.order('o-0')
  write(h)
  h.pass(1100)
  return judge(h.end(), kindsWith())
}

test('who is late on a machine that has time is stalled', () => {
  const { verdict } = judged((h) => void h.commitOrder(h.invoke('o-1')))
  assert.equal(verdict, 'STALLED')
})

test('who is late on a machine that has no time for it is not blamed', () => {
  const { verdict, reason, violations } = judged((h) => {
    h.commitOrder(h.invoke('o-1'))
    h.add(BUSY)
  })
  assert.equal(verdict, 'INCONCLUSIVE')
  assert.match(reason, /but 12 tasks wanted each core .*--jobs/)
  assert.deepEqual(violations, [])
})

test('what is lost is lost, however busy the machine was', () => {
  const { verdict } = judged((h) => {
    const order = h.invoke('o-1')
    h.commitOrder(order)
    h.mark(order)
    h.add(BUSY)
  })
  assert.equal(verdict, 'VIOLATED')
})

test('a process that ended by itself is late for that reason, and not for want of time', () => {
  const { verdict, reason } = judged((h) => {
    h.phase('control-before')
    h.commitOrder(h.invoke('o-1'))
    const process = { kind: 'proc', service: 'orders', instance: 0, id: 'process 7' } as const
    h.add({ ...process, event: 'exited', code: 1, signal: null })
    h.add(BUSY)
  })
  assert.equal(verdict, 'STALLED')
  assert.match(reason, /orders#0 ended by itself with exit code 1/)
})
