import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConsumedRecord } from './record.ts'
import { work } from './work.ts'

const record = (key: string) => ({ key: Buffer.from(key) }) as ConsumedRecord

test('one lane that fails keeps no other from ending', async () => {
  const records = ['a', 'b', 'c', 'd', 'e', 'f'].map(record)
  const { done, failures } = await work(
    records,
    3,
    async (lane, done) => {
      for (const one of lane) {
        if (String(one.key) === 'b') throw new Error('b failed')
        await new Promise(setImmediate)
        done(one)
      }
    },
    new AbortController().signal,
  )
  assert.equal(failures.length, 1)
  assert.ok(!done.has(records[1] as ConsumedRecord) && done.size >= 3)
})
