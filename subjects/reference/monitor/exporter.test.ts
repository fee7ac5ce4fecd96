import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { exporter } from './exporter.ts'
import type { PartitionLag } from './group-lag.ts'
import { lag } from './lag.ts'

async function asked(path: string, lags: () => Promise<readonly PartitionLag[]>) {
  const server = exporter([lag({ group: 'fulfillment', lags })]).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: response.status, text: await response.text() }
  } finally {
    server.close()
  }
}

test('each partition has a line, with what waits now', async () => {
  const { status, text } = await asked('/metrics', async () => [
    { topic: 'orders', partition: 0, lag: 0 },
    { topic: 'orders', partition: 1, lag: 42 },
  ])
  assert.equal(status, 200)
  assert.deepEqual(
    text.split('\n').filter((line) => line.startsWith('kafka')),
    [
      'kafka_consumergroup_lag{consumergroup="fulfillment",topic="orders",partition="0"} 0',
      'kafka_consumergroup_lag{consumergroup="fulfillment",topic="orders",partition="1"} 42',
    ],
  )
})

test('where no broker answers it says no number, and not the last one', async (context) => {
  context.mock.method(console, 'log', () => {})
  let broken = false
  const lags = async () => {
    if (broken) throw new Error('no broker')
    return [{ topic: 'orders', partition: 0, lag: 7 }]
  }
  await asked('/metrics', lags)
  broken = true
  assert.deepEqual(await asked('/metrics', lags), { status: 503, text: '' })
  assert.equal((await asked('/health', lags)).status, 503)
})

test('there is nothing elsewhere', async () => {
  assert.equal((await asked('/', async () => [])).status, 404)
})
