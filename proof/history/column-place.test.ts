import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnOf, spelledPlace, textAt } from './column-place.ts'

const PLACE = { column: 'body', json: '$.order.id' }

test('a column says it, or a path of the JSON in a column, as text or bytes', () => {
  assert.equal(textAt({ order_id: '17' }, 'order_id'), '17')
  assert.equal(textAt({ body: '{"order":{"id":17}}' }, PLACE), '17')
  assert.equal(
    textAt({ body: `\\x${Buffer.from('{"order":{"id":"o-17"}}').toString('hex')}` }, PLACE),
    'o-17',
  )
})

test('where nothing stands there, nothing is said', () => {
  for (const body of ['{"order":{}}', '{"order":{"id":{}}}', '{"ord', '', null, undefined])
    assert.equal(textAt(body === undefined ? {} : { body }, PLACE), undefined)
  assert.equal(textAt(undefined, PLACE), undefined)
  assert.equal(textAt(undefined, 'order_id'), undefined)
})

test('a place has a column, and a spelling', () => {
  assert.deepEqual(['order_id', PLACE].map(columnOf), ['order_id', 'body'])
  assert.deepEqual(['order_id', PLACE].map(spelledPlace), [
    "'order_id'",
    "{ column: 'body', json: '$.order.id' }",
  ])
})
