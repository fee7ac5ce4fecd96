import assert from 'node:assert/strict'
import { test } from 'node:test'
import reference from '../../eventproof.config.ts'
import { consumerBounds } from './consumer-bounds.ts'

const load = { events: 40, keys: 20 }

test('an event may wait for another one as long as is declared, however long a recovery may take', () => {
  const { headOfLine, recovery } = consumerBounds({ recoverWithin: '60s' }, load)
  assert.deepEqual({ headOfLine, recovery }, { headOfLine: 5000, recovery: 60_000 })
  assert.equal(consumerBounds({ headOfLine: '250ms' }, load).headOfLine, 250)
})

test('where nothing is declared a recovery may take as long as the broker waits for a client that was killed', () => {
  const ofJava = 45_000
  assert.ok(consumerBounds({}, load).recovery >= ofJava + 30_000)
})

test('the bound is below the shortest time that waiting in place for all retries of the reference takes', () => {
  for (const { retry, ...consumer } of Object.values(reference.consumers ?? {})) {
    if (retry === undefined) continue
    const delays = retry.delays.reduce((sum, delay) => sum + Number.parseInt(delay, 10) * 1000, 0)
    assert.ok(consumerBounds(consumer, load).headOfLine < delays)
  }
})
