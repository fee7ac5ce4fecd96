import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fed } from '../../../proof/history/view.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { commitDelay } from './commit-delay.ts'
import { ConsumerView } from './consumer-view.ts'

const delayOf = (h: ConsumerHistory) => commitDelay(fed(new ConsumerView(h.plan), h.events))

/** Takes effect, and is committed so much later. */
function handled(h: ConsumerHistory, later: number): void {
  const event = h.put('o-1')
  h.apply(event)
  h.pass(later).commit(event)
}

test('the longest time from an effect to its commit', () => {
  const h = new ConsumerHistory()
  for (const later of [10, 300, 20]) handled(h, later)
  assert.ok(delayOf(h) >= 300 && delayOf(h) < 320, String(delayOf(h)))
})

test('what came while something was hurt says nothing', () => {
  const h = new ConsumerHistory()
  handled(h, 10)
  h.phase('fault', 'W14')
  handled(h, 5_000)
  assert.ok(delayOf(h) < 100, String(delayOf(h)))
})

test('a group that committed before the effect did not wait, and nothing seen is no time', () => {
  assert.equal(delayOf(new ConsumerHistory()), 0)
  const h = new ConsumerHistory()
  const event = h.put('o-1')
  h.commit(event).pass(500).apply(event)
  assert.equal(delayOf(h), 0)
})
