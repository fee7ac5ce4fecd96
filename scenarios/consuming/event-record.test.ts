import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inForm } from '../../core/key-form.ts'
import { recordOf, wrongEvent } from './event-record.ts'

const values = {
  key: 'key-07',
  eventId: '0b9e6a52-1111-4222-8333-444455556666',
  amount: 1_000_049,
  version: 2,
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  time: '2026-01-01T00:00:07.000Z',
}
const number = inForm('key-07', 'number')

describe('the record of an event', () => {
  it('has its key in the form that the service takes, as a number of JSON where it stands alone', () => {
    const event = { key: '{key:uuid}', json: { order: '{key:number}', text: 'order {key:number}' } }
    assert.deepEqual(recordOf(event, values), {
      key: inForm('key-07', 'uuid'),
      headers: {},
      value: JSON.stringify({ order: number, text: `order ${number}` }),
    })
  })

  it('may have its key in any form, and must have one', () => {
    const wrong = (key: string) =>
      wrongEvent('consumers.parcels', {
        event: { key, headers: { id: '{eventId}' }, json: { order: '{key:number}', total: '{amount}' } },
        eventId: { header: 'id' },
        effects: { table: 'parcels', amount: 'total' },
      }).map(({ field }) => field)
    assert.deepEqual(wrong('{key:number}'), [])
    assert.deepEqual(wrong('{key:uuid}'), [])
    assert.deepEqual(wrong('always'), ['consumers.parcels.event.key'])
  })
})
