import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeclarationWrong } from './declaration-wrong.ts'

test('a column that is not there is told with those that are', () => {
  const wrong = { table: 'outbox', column: 'aggregate', present: ['id', 'aggregate_id'] }
  const { detail } = new DeclarationWrong('publishers.orders', 'state and outbox', wrong)
  assert.match(
    detail.what ?? '',
    /column 'aggregate' of table 'outbox' does not exist; there are id, aggregate_id/,
  )
  assert.match(detail.hint ?? '', /aggregate_id/)
})

test("a column that the database's log leaves out is told with what it is made of, and what may be named instead", () => {
  const wrong = {
    table: 'outbox',
    column: 'aggregate',
    generated: "(payload ->> 'orderId'::text)",
    present: ['id', 'payload', 'aggregate'],
  }
  const { detail, code } = new DeclarationWrong('publishers.orders', 'state and outbox', wrong)
  assert.equal(code, 'EVENTPROOF_DECLARATION_WRONG')
  assert.match(
    detail.what ?? '',
    /is generated from \(payload ->> 'orderId'::text\): the database's log leaves it out/,
  )
  assert.match(detail.hint ?? '', /\{ column: 'payload', json: '\$\.orderId' \}/)
  const { detail: consumer } = new DeclarationWrong('consumers.stock', 'effects', wrong)
  assert.equal(consumer.hint, 'name a column that is written. Postgres 18 tells those that are STORED')
})
