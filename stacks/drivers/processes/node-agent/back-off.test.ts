import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backOff, KUBELET_BACK_OFF, recovered, restarts } from './back-off.ts'

test('at once, then 10 s, doubled, never above 5 min', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 2000].map((ends) => backOff(KUBELET_BACK_OFF, ends) / 1000)
  assert.deepEqual(waits, [0, 10, 20, 40, 80, 160, 300, 300, 300])
})

test('ten minutes of work forgive what was before', () => {
  assert.equal(recovered(KUBELET_BACK_OFF, 599_999), false)
  assert.equal(recovered(KUBELET_BACK_OFF, 600_000), true)
})

test('the policy decides by the exit code', () => {
  assert.deepEqual(
    [restarts('Always', 0), restarts('OnFailure', 0), restarts('OnFailure', 1), restarts('Never', 1)],
    [true, false, true, false],
  )
})
