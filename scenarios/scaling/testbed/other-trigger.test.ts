import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loopbackListener } from '../../../test/stack/loopback-listener.ts'
import { PLAN } from '../fixture/plan.ts'
import { MetricServer } from './metric-server.ts'
import { beforeClock, byClock } from './other-trigger.ts'

test('the clock wakes at the next full minute that leaves the time that is needed', () => {
  const at = (time: string) => Date.parse(`2026-01-31T${time}Z`)
  const { triggers, wakesAt } = byClock(at('14:29:40'), 15_000)
  assert.equal(wakesAt, at('14:30:00'))
  assert.deepEqual(triggers, [
    {
      type: 'cron',
      metadata: { timezone: 'UTC', start: '30 14 * * *', end: '31 14 * * *', desiredReplicas: '1' },
    },
  ])
  assert.equal(byClock(at('14:29:50'), 15_000).wakesAt, at('14:31:00'))
  const [midnight] = byClock(at('23:58:30'), 15_000).triggers as {
    metadata: { start: string; end: string }
  }[]
  assert.equal(midnight?.metadata.start, '59 23 * * *')
  assert.equal(midnight?.metadata.end, '0 0 * * *')
})

test('the clock leaves time for the rest and the threshold, also where both take the guide’s seconds', () => {
  const [pollingInterval, rest, first] = [15, 30_000, 20_000]
  const plan = {
    ...PLAN,
    scaling: { ...PLAN.scaling, pollingInterval, cooldownPeriod: 120 },
    bounds: { ...PLAN.bounds, rest },
  }
  // KEDA may take `first` to ask its trigger; the threshold waits for two polls.
  assert.ok(beforeClock(plan) > first + rest + 2000 * pollingInterval)
})

test('a query is answered with the number of that moment, and with an error where there is none', async () => {
  let number = 7
  await using server = await MetricServer.open(await loopbackListener(), async () => {
    if (number < 0) throw new Error('nobody knows')
    return number
  })
  const ask = () => fetch(`${server.url('host')}/api/v1/query?query=sum(lag)`)
  const answer = JSON.stringify(await (await ask()).json())
  assert.match(answer, /^\{"status":"success".*"7"\]/)
  number = -1
  assert.equal((await ask()).status, 503)
})
