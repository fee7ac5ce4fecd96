import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pool } from 'pg'
import { UndecodableEvent } from '../consumer/event.ts'
import type { ConsumedRecord } from '../consumer/record.ts'
import { pay, type Steps } from './pay.ts'
import type { Payment } from './payment.ts'

const database = {
  connect: async () => ({ query: async (text: string) => ({ command: text }), release: () => {} }),
} as unknown as Pool
const record = (id: string) =>
  ({ topic: 't', partition: 0, offset: 0n, key: Buffer.from(id) }) as ConsumedRecord
const id = ({ key }: ConsumedRecord) => String(key)

/** Works on a, b, c; resolves with what happened, in order. */
async function working(changes: Partial<Steps>, closing = new AbortController()) {
  const happened: string[] = []
  const handle = pay({
    database,
    tracer: { begin: () => ({ traceparent: undefined, end() {} }) },
    paymentOf: (one) => ({ eventId: id(one) }) as Payment,
    charge: async ({ eventId }) => void happened.push(`charge ${eventId}`),
    book: async (_, { eventId }) => void happened.push(`book ${eventId}`),
    passOn: async (one) => void happened.push(`pass on ${id(one)}`),
    ...changes,
  })
  const done = (one: ConsumedRecord) => happened.push(`done ${id(one)}`)
  const failure = await handle(['a', 'b', 'c'].map(record), done, closing.signal).then(
    () => undefined,
    (error) => error,
  )
  return { happened, failure }
}

test('charges, then books, then is done', async () => {
  const { happened } = await working({})
  assert.deepEqual(happened.slice(0, 3), ['charge a', 'book a', 'done a'])
  assert.equal(happened.length, 9)
})

test('what fails is passed on before it is done, and the others go on', async () => {
  const { happened } = await working({
    paymentOf: (one) => {
      if (id(one) === 'b') throw new UndecodableEvent('b')
      return { eventId: id(one) } as Payment
    },
  })
  assert.deepEqual(happened.slice(3), ['pass on b', 'done b', 'charge c', 'book c', 'done c'])
})

test('what could not be passed on is not done, nor is what is behind it', async () => {
  const { happened, failure } = await working({
    charge: async () => {
      throw new Error('503')
    },
    passOn: async () => {
      throw new Error('not stored')
    },
  })
  assert.deepEqual(happened, [])
  assert.match(String(failure), /not stored/)
})

test('stops between two records when the consumer closes', async () => {
  const closing = new AbortController()
  const { happened } = await working({ book: async () => closing.abort() }, closing)
  assert.deepEqual(happened, ['charge a', 'done a'])
})
