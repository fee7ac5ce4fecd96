import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConsumedRecord } from '../consumer/record.ts'
import { alertAll } from '../payment/alert.ts'
import { log } from './log.ts'

const record: ConsumedRecord = {
  topic: 'payments-dlt',
  partition: 2,
  offset: 7n,
  timestamp: 0n,
  key: null,
  value: null,
  headers: [],
}

test('a line begins with its time, and fields take no name that it needs', (context) => {
  const line = context.mock.method(console, 'log', () => {}).mock
  log('given up', { record: 'orders/0@1' })
  // @ts-expect-error the time is not a field
  void (() => log('given up', { at: 'orders/0@1' }))
  // @ts-expect-error neither is the message
  void (() => log('given up', { message: 'why' }))
  assert.deepEqual(Object.keys(JSON.parse(line.calls[0]?.arguments[0])), ['at', 'message', 'record'])
})

test('a dead letter is told with the time, and where it lies', async (context) => {
  const line = context.mock.method(console, 'log', () => {}).mock
  const before = Date.now()
  await alertAll(async () => {})([record], () => {}, new AbortController().signal)
  const said = JSON.parse(line.calls[0]?.arguments[0])
  assert.ok(Date.parse(said.at) >= before)
  assert.equal(said.record, 'payments-dlt/2@7')
})
