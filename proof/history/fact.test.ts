import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryEvent, NewEvent } from './event.ts'
import { factsOf, isFact } from './recorded-fact.ts'

declare module './fact.ts' {
  interface Facts {
    'tested.number': number
    'tested.text': string
  }
}

const of = (seq: number, event: NewEvent): HistoryEvent => ({ seq, at: seq, scenario: 's', ...event })

test('a fact has the value of its name: the compiler refuses others', () => {
  const record = (event: NewEvent) => event
  record({ kind: 'fact', name: 'tested.number', subject: 's', value: 1 })
  // @ts-expect-error a number is no text
  record({ kind: 'fact', name: 'tested.text', subject: 's', value: 1 })
  // @ts-expect-error nobody declares this name
  record({ kind: 'fact', name: 'tested.nothing', subject: 's', value: 1 })
})

test('who reads facts of a name gets their type of value', () => {
  const events = [
    of(1, { kind: 'fact', name: 'tested.number', subject: 'a', value: 41 }),
    of(2, { kind: 'fact', name: 'tested.text', subject: 'b', value: 'x' }),
    of(3, { kind: 'note', text: 'tested.number' }),
    of(4, { kind: 'fact', name: 'tested.number', subject: 'c', value: 1 }),
  ]
  assert.equal(
    factsOf(events, 'tested.number').reduce((sum, { value }) => sum + value, 0),
    42,
  )
  assert.deepEqual(
    events.filter((event) => isFact(event, 'tested.text')).map(({ value }) => value.length),
    [1],
  )
})
