import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HistoryBuilder } from '../scenarios/publishing/fixture/builder.ts'
import { kindsWith } from '../scenarios/publishing/fixture/kinds.ts'
import type { NewEvent } from './history/event.ts'
import { judge } from './judge.ts'

const gap = (observer: string, reason: string): NewEvent => ({ kind: 'observer.gap', observer, reason })
const UNREAD = gap(
  'log',
  'the record batch at orders/0@3 can’t be read: it is compressed with codec 7; set …',
)

/** One event is published and another one is not, within a bound of a second. */
function judged(write: (h: HistoryBuilder) => void) {
  const h = new HistoryBuilder({ predicates: ['OA1', 'OA8'], windows: [], trials: 0 })
  h.order('o-0')
  write(h)
  h.pass(1100)
  return judge(h.end(), kindsWith())
}

test('what is late on a log that could not be read is not blamed on the service, and the reason says what to do', () => {
  const { verdict, reason, violations } = judged((h) => {
    h.commitOrder(h.invoke('o-1'))
    h.add(UNREAD)
  })
  assert.equal(verdict, 'INCONCLUSIVE')
  assert.match(reason, /but the record batch at orders\/0@3 can’t be read: .*; set …/)
  assert.deepEqual(violations, [])
})

test('what was marked and is not on such a log is not lost', () => {
  const { verdict, violations } = judged((h) => {
    const order = h.invoke('o-1')
    h.commitOrder(order)
    h.mark(order)
    h.add(UNREAD)
  })
  assert.equal(verdict, 'INCONCLUSIVE')
  assert.deepEqual(violations, [])
})

test('what is late is late, whatever was missed on the wire', () => {
  const { verdict } = judged((h) => {
    h.commitOrder(h.invoke('o-1'))
    h.add(gap('wire', 'an answer to no request'))
  })
  assert.equal(verdict, 'STALLED')
})
