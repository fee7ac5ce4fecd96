import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import { query } from '../observers/query.ts'
import { gated } from './fixture/gated.ts'

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-spoil-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

for (const payload of ['text', 'json', 'jsonb']) {
  test(`spoiled rows in a ${payload} column: too large, unreadable, and whole again`, async () => {
    await using shop = await gated(stack, `spoiled_${payload}`, { payload })
    await shop.gates.spoil('large', 'oversized')
    await shop.gates.spoil('broken', 'unreadable')
    for (const id of ['large', 'broken', 'good']) await shop.order(id)

    const large = await shop.payloadOf('large')
    assert.ok(large.length > 1_048_588, 'beyond what a broker takes')
    assert.equal(JSON.parse(large).orderId, 'large')
    const broken = await shop.payloadOf('broken')
    if (payload === 'text') assert.throws(() => JSON.parse(broken))
    else assert.equal(typeof JSON.parse(broken), 'string')
    assert.deepEqual(JSON.parse(await shop.payloadOf('good')), { orderId: 'good' })

    await shop.gates.spoil('large', 'unreadable')
    await shop.gates.unspoil('broken')
    await query(shop.url, 'TRUNCATE orders, shop."Outbox"')
    await shop.order('broken')
    await shop.order('large')
    assert.deepEqual(JSON.parse(await shop.payloadOf('broken')), { orderId: 'broken' })
    assert.ok((await shop.payloadOf('large')).length < 100)
  })
}

test('a payload in a column of bytes is spoiled as its text, and what is no text as bytes', async () => {
  await using shop = await gated(stack, 'spoiled_bytea', { payload: 'bytea' })
  const insert = async (id: string, bytes: Buffer) => {
    await query(shop.url, `INSERT INTO shop."Outbox" (aggregate, payload) VALUES ($1, $2)`, [id, bytes])
    const hex = await shop.payloadOf(id)
    return Buffer.from(hex.slice(2), 'hex')
  }
  for (const id of ['large', 'avro-large']) await shop.gates.spoil(id, 'oversized')
  for (const id of ['broken', 'avro-broken']) await shop.gates.spoil(id, 'unreadable')
  const json = Buffer.from('{"orderId":"1"}')
  const avro = Buffer.from([0, 0, 0, 0, 7, 255, 254])
  const large = await insert('large', json)
  assert.ok(large.length > 1_048_588)
  assert.equal(JSON.parse(large.toString()).orderId, '1')
  assert.equal((await insert('broken', json)).toString(), '{{"ord')
  const more = await insert('avro-large', avro)
  assert.ok(more.length > 1_048_588)
  assert.deepEqual(more.subarray(0, avro.length), avro)
  assert.deepEqual(await insert('avro-broken', avro), avro.subarray(0, 3))
  assert.deepEqual(await insert('good', json), json)
})

test('text that is no JSON is padded and cut, too, and a column that takes so much only says so', async () => {
  await using shop = await gated(stack, 'spoiled_xml', { payload: 'varchar(2000000)' })
  await shop.gates.spoil('large', 'oversized')
  await query(shop.url, `INSERT INTO shop."Outbox" (aggregate, payload) VALUES ('large', '<order/>')`)
  assert.ok((await shop.payloadOf('large')).startsWith('<order/>'))
  assert.equal(await shop.gates.payloadLimit(), 2_000_000)
  await query(shop.url, `ALTER TABLE shop."Outbox" ALTER payload TYPE text`)
  assert.equal(await shop.gates.payloadLimit(), undefined)
})
