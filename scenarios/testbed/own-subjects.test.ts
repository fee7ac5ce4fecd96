import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryEvent } from '../../proof/history/event.ts'
import { OwnSubjects } from './own-subjects.ts'
import type { Registration } from './schema-registry.ts'

const VERSION: Registration = { version: 1, schema: '"string"', schemaType: 'AVRO', references: undefined }

/** Subjects by their names, and what the registry said of the id of a record. */
function kept(...names: readonly string[]) {
  const subjects = new Map(names.map((name) => [name, [VERSION]]))
  const value = { id: 7, tries: 1, subjects: names }
  const events = [
    { seq: 1, at: 0, scenario: 's', kind: 'fact', name: 'schema.id', subject: '7', value },
  ] as HistoryEvent[]
  /** Those whose deleted version is found in the place of another one. */
  const hidden = new Set<string>()
  const registry = {
    registrations: async (name: string) => subjects.get(name) ?? [],
    deleteSoftly: async (name: string) => void subjects.delete(name),
    finds: async (name: string, { schema }: Registration) =>
      !hidden.has(name) && (subjects.get(name) ?? []).some((version) => version.schema === schema),
    removeVersion: async (name: string) => void hidden.delete(name),
    registerAgain: async (name: string, version: Registration) =>
      void subjects.set(name, [...(subjects.get(name) ?? []), version]),
  }
  return { subjects, hidden, own: new OwnSubjects(events, registry, 's1.orders') }
}

test('a subject of the topic is deleted, and registered again as it was', async () => {
  const { subjects, own } = kept('s1.orders-value', 's1.orders-shop.Order')
  assert.deepEqual(await own.delete(), ['s1.orders-value', 's1.orders-shop.Order'])
  assert.equal(subjects.size, 0)
  assert.equal(await own.restore(), true)
  assert.deepEqual(subjects.get('s1.orders-value'), [VERSION])
})

test('who registered it again meanwhile is not disturbed', async () => {
  const { subjects, own } = kept('s1.orders-value')
  await own.delete()
  subjects.set('s1.orders-value', [{ ...VERSION, schema: '"long"' }])
  assert.equal(await own.restore(), true)
  assert.deepEqual(
    subjects.get('s1.orders-value')?.map(({ schema }) => schema),
    ['"long"'],
  )
})

test('what is not of the topic alone stays', async () => {
  const { subjects, own } = kept('shop.Order', 's10.orders-value')
  assert.deepEqual(await own.delete(), [])
  assert.equal(subjects.size, 2)
})

test('a deleted version that is found in its place is removed', async () => {
  const { hidden, own } = kept('s1.orders-value')
  await own.delete()
  hidden.add('s1.orders-value')
  assert.equal(await own.restore(), true)
  assert.equal(hidden.size, 0)
})
