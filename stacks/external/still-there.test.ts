import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { StillThere } from './still-there.ts'

const patience = { every: 1, answer: 20, silence: 10 }

test('a part that refuses, or says nothing, is lost, with its name and its last words', async () => {
  for (const [ask, says] of [
    [() => Promise.reject(new Error('ECONNREFUSED')), /no answer for .* ECONNREFUSED/],
    [() => new Promise(() => {}), /no answer for .* not within/],
  ] as const) {
    // Held open by a timer, because the watch itself keeps no process alive.
    const timer = setTimeout(() => {}, 10_000)
    using there = new StillThere([{ name: 'kafka at broker-1:9092', ask }], patience)
    if (!there.lost.aborted) await once(there.lost, 'abort')
    clearTimeout(timer)
    assert.equal(there.lost.reason.code, 'EVENTPROOF_COMPONENT_LOST')
    assert.equal(there.lost.reason.message, 'kafka at broker-1:9092 was gone')
    assert.match(there.lost.reason.detail.what, says)
  }
})

test('one that comes back in time is not', async () => {
  let asked = 0
  let time = 0
  const enough = Promise.withResolvers<void>()
  const ask = async () => {
    if (++asked === 12) enough.resolve()
    time += 4
    if (asked % 3 !== 0) throw new Error('restarting')
  }
  const timer = setTimeout(() => {}, 10_000)
  using there = new StillThere([{ name: 'kafka', ask }], patience, () => time)
  await enough.promise
  clearTimeout(timer)
  assert.equal(there.lost.aborted, false)
})

test('nobody is asked any more when it is over', async () => {
  let asked = 0
  const there = new StillThere([{ name: 'kafka', ask: async () => void asked++ }], patience)
  there[Symbol.dispose]()
  const before = asked
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.ok(asked <= before + 1)
  assert.equal(there.lost.aborted, false)
})
