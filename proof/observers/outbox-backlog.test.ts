import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OutboxAge, rowsLook, type WaitingRows } from './outbox-backlog.ts'
import { slotLook } from './slot-backlog.ts'

const ROWS: WaitingRows = { table: 'outbox', id: 'id', published: 'published' }

/** A clock that is set, and rows that wait by it. */
function outbox(rows: WaitingRows = ROWS) {
  const waiting = new Set<string>()
  let now = 0
  const asked: { readonly text: string; readonly parameters: readonly unknown[] | undefined }[] = []
  const query = {
    async ask(text: string, parameters?: readonly unknown[]) {
      asked.push({ text, parameters })
      return [...waiting].map((held) => ({ held }))
    },
  }
  const age = new OutboxAge(query, rows, { monotonic: () => 1000 * now, now: () => new Date(0) })
  const at = async (seconds: number) => {
    now = seconds
    const [look] = await age.look()
    return look && look.end - (look.done ?? look.end)
  }
  return { waiting, asked, at }
}

test('the oldest row is as old as the look that first saw it', async () => {
  const { waiting, at } = outbox()
  assert.equal(await at(10), 0)
  waiting.add('a')
  assert.equal(await at(11), 0)
  waiting.add('b')
  assert.equal(await at(14), 3)
})

test('a row that is published counts no more, and one that comes back is new', async () => {
  const { waiting, at } = outbox()
  waiting.add('a')
  await at(1)
  waiting.add('b')
  await at(3)
  waiting.delete('a')
  assert.equal(await at(5), 2)
  waiting.delete('b')
  assert.equal(await at(6), 0)
  waiting.add('a')
  assert.equal(await at(7), 0)
})

test('a row is known by what its payload says, and where nobody can read that by the payload', async () => {
  const { waiting, at } = outbox({ ...ROWS, id: { column: 'payload', json: '$.id' } })
  waiting.add('{"id":1}')
  await at(1)
  waiting.clear()
  waiting.add('{"id":1,"tries":2}')
  assert.equal(await at(4), 3)
  waiting.clear()
  waiting.add('{"id')
  assert.equal(await at(5), 0)
  waiting.add('{"i')
  assert.equal(await at(7), 2)
})

test('a word of its own says that a row waits, another that it was given up', async () => {
  const { asked, at } = outbox({ ...ROWS, waits: 'NEW', parked: { column: 'state', is: ['REFUSED'] } })
  await at(1)
  assert.match(asked[0]?.text ?? '', /"state"::text = ANY/)
  assert.deepEqual(asked[0]?.parameters, ['NEW', ['REFUSED']])
})

test('rows that came and rows that wait no more are two numbers', async () => {
  const ask = async () => [{ came: '12', done: '9' }]
  assert.deepEqual(await rowsLook({ ask }, ROWS), [{ part: '', begin: 0, end: 12, done: 9 }])
})

test('a slot that is not there keeps nothing', async () => {
  const kept = [{ came: '400', done: '150' }]
  assert.deepEqual(await slotLook({ ask: async () => kept }, 'orders'), [
    { part: '', begin: 0, end: 400, done: 150 },
  ])
  assert.deepEqual(await slotLook({ ask: async () => [] }, 'orders'), [])
})
