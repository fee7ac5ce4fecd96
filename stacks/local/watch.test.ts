import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ComponentLost } from '../component-lost.ts'
import { Watch } from './watch.ts'

test('a component that ends by itself is lost, with its name, how it ended and its log', () => {
  const watch = new Watch()
  watch.ended('kafka', 'exit code 137', 'kafka.log')
  assert.ok(watch.lost.reason instanceof ComponentLost)
  const { what, where, log } = watch.lost.reason.detail
  assert.deepEqual([where, log], ['kafka', 'kafka.log'])
  assert.match(what, /exit code 137/)
})

test('what ends while another one is hurt by us, or shortly after, is not', () => {
  let now = 0
  const watch = new Watch(() => now)
  watch.hurt('kafka')
  watch.ended('connect', 'exit code 1')
  watch.healed('kafka')
  now += 29_000
  watch.ended('connect', 'exit code 1')
  assert.equal(watch.lost.aborted, false)
  now += 2000
  watch.ended('connect', 'exit code 1')
  assert.equal(watch.lost.aborted, true)
})

test('a component that is healed without having been hurt excuses nothing', () => {
  const watch = new Watch()
  watch.healed('kafka')
  watch.ended('connect', 'exit code 1')
  assert.equal(watch.lost.aborted, true)
})

test('what runs them all is lost whatever is hurt; and when the stack is brought down nothing is', () => {
  const watch = new Watch()
  watch.hurt('kafka')
  watch.allEnded('no engine answers')
  assert.equal(watch.lost.aborted, true)
  const ending = new Watch()
  ending.over()
  ending.ended('kafka', 'exit code 0')
  ending.allEnded('no engine answers')
  assert.equal(ending.lost.aborted, false)
})
