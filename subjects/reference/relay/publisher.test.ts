import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OutboxRow } from './outbox-row.ts'
import { publisher, TooLarge } from './publisher.ts'

const row = (id: string, bytes = 300_000): OutboxRow => ({
  id,
  aggregateType: 'order',
  aggregateId: 'o-1',
  eventType: 'OrderChanged',
  payload: JSON.stringify('x'.repeat(bytes)),
  traceparent: null,
  causationId: null,
  createdAt: new Date(0),
})

/** What happened, in order: ids of a request, and `…` between two. */
function journal(refused: (ids: readonly string[]) => boolean = () => false) {
  const seen: string[] = []
  const publish = publisher(async (rows) => {
    const ids = rows.map(({ id }) => id)
    seen.push(ids.join())
    if (refused(ids)) throw new TooLarge('too large')
  })
  const stillHere = async () => void seen.push('…')
  return { seen, publish: (rows: readonly OutboxRow[]) => publish(rows, stillHere) }
}

test('between two requests it says that the batch goes on, for a batch of one it says nothing', async () => {
  const { seen, publish } = journal()
  assert.deepEqual(await publish([row('a'), row('b'), row('c')]), {
    acknowledged: ['a', 'b', 'c'],
    unpublishable: [],
  })
  await publish([row('d')])
  assert.deepEqual(seen, ['a', '…', 'b', '…', 'c', 'd'])
})

test('a request that is too large goes row by row, and only the row that is too large is given up', async () => {
  const { seen, publish } = journal((ids) => ids.includes('b'))
  const { acknowledged, unpublishable } = await publish([row('a', 10), row('b', 10), row('c', 10)])
  assert.deepEqual(acknowledged, ['a', 'c'])
  assert.deepEqual(
    unpublishable.map(({ id }) => id),
    ['b'],
  )
  assert.deepEqual(seen, ['a,b,c', '…', 'a', '…', 'b', '…', 'c'])
})

test('what fails stops the batch, also where the database no longer hears of it', async () => {
  const failure = new Error('the transaction is over')
  const sent: string[] = []
  const publish = publisher(async (rows) => void sent.push(...rows.map(({ id }) => id)))
  const published = await publish([row('a'), row('b')], async () => {
    throw failure
  })
  assert.deepEqual(published, { acknowledged: ['a'], unpublishable: [], failure })
  assert.deepEqual(sent, ['a'])
})
