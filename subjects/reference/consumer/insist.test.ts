import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insist } from './insist.ts'
import type { RecordToSend } from './producer.ts'

const record: RecordToSend = { topic: 't', key: null, value: null, headers: [] }

function refusing(times: number, then: () => void = () => {}) {
  let sends = 0
  return {
    get sends() {
      return sends
    },
    async send() {
      sends++
      if (sends > times) return
      then()
      throw new Error('not stored')
    },
    async [Symbol.asyncDispose]() {},
  }
}

test('sends until it is stored', async () => {
  const producer = refusing(2)
  await insist(producer, record, new AbortController().signal)
  assert.equal(producer.sends, 3)
})

test('gives up when the consumer closes, and says so', async () => {
  const closing = new AbortController()
  const producer = refusing(5, () => closing.abort())
  await assert.rejects(insist(producer, record, closing.signal), /not stored/)
  assert.equal(producer.sends, 1)
})
