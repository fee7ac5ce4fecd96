import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSchema } from './read-schema.ts'
import { restated } from './restated.ts'
import type { SchemaText } from './schema.ts'

const AVRO = '{"type":"record","name":"Paid","fields":[{"name":"id","type":"string"}]}'
const JSON_SCHEMA = '{"title":"Paid","type":"object","properties":{"id":{"type":"string"}}}'
const SCHEMAS: readonly SchemaText[] = [
  { format: 'AVRO', text: AVRO },
  { format: 'JSON', text: JSON_SCHEMA },
  { format: 'PROTOBUF', text: 'syntax = "proto3"; message Paid { string id = 1; } // the end' },
]

for (const schema of SCHEMAS)
  test(`${schema.format}: another version, and the same events`, () => {
    const first = restated(schema, 'a.topic-1')
    const second = restated(schema, 'a.topic-2')
    assert.equal(new Set([schema.text, first, second]).size, 3)
    const [own, other] = [schema.text, first ?? ''].map((text) => readSchema({ ...schema, text }))
    const payload = own?.payload({ id: 'p-1' }) ?? Buffer.of()
    assert.deepEqual(other?.payload({ id: 'p-1' }), payload)
    const read = other?.written(payload)
    assert.equal(read?.name, own?.name)
    assert.equal(JSON.stringify(read?.event).replace(',"restated_a_topic_1":null', ''), '{"id":"p-1"}')
  })

test('a schema without a place for that has no other version', () => {
  assert.equal(restated({ format: 'AVRO', text: '["null", "string"]' }, 'x'), undefined)
  assert.equal(restated({ format: 'JSON', text: 'true' }, 'x'), undefined)
  assert.equal(restated({ format: 'AVRO', text: '"string"' }, 'x'), undefined)
})
