import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { LARGEST_VALUE, payloadBelowLimit } from './payload-below-limit.ts'

table('PS1', [
  ['nothing was published', 'held', () => {}],
  ['small values', 'held', (h) => h.orders('o-0', 'o-1')],
  ['exactly 1 MB', 'held', (h) => void h.publish(h.order('o-0'), { valueBytes: LARGEST_VALUE })],
  [
    'one byte more',
    'payload-too-large',
    (h) => void h.publish(h.order('o-0'), { valueBytes: LARGEST_VALUE + 1 }),
  ],
  ['null', 'held', (h) => void h.publish(h.order('o-0'), { value: null, valueBytes: -1 })],
])

test('PS1 shows the largest value', () => {
  const h = new HistoryBuilder()
  h.publish(h.order('o-0'), { valueBytes: 1_500_000 })
  const largest = h.publish(h.order('o-1'), { valueBytes: 3_000_000 })
  h.publish(h.order('o-2'), { valueBytes: 2_000_000 })
  const finding = payloadBelowLimit.check(fed(new PublisherView(h.plan), h.events))
  assert.ok(finding.kind === 'violated')
  assert.deepEqual(finding.counterexample.events, [largest.seq])
  assert.match(finding.counterexample.says, /3000000 bytes.*2 more/)
  assert.equal(finding.counterexample.subject.key, 'o-1')
})
