import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { PublisherView } from './publisher-view.ts'

/** A record whose value is this text, as a publisher that declares lists of events is seen. */
function recordsOf(value: string) {
  const h = new HistoryBuilder({ publisher: { events: '$.events' } })
  h.publish(h.invoke('o-1'), { value, headers: { region: 'eu' } })
  return fed(new PublisherView(h.plan), h.end()).records
}

test('a list of events is as many records at one place, each with an id and headers of its own', () => {
  const [first, second, ...more] = recordsOf(
    '{"events":[{"eventId":"a","data":{"n":1}},{"eventId":"b","data":{"n":2},"n":3}]}',
  )
  assert.deepEqual([first?.id, first?.index, second?.id, second?.index], ['a', 0, 'b', 1])
  assert.deepEqual(second?.record.headers, { region: 'eu', eventId: 'b' })
  assert.equal(first?.record.value, '{"eventId":"a","data":{"n":1}}')
  assert.equal(first?.record.offset, second?.record.offset)
  assert.deepEqual(more, [])
})

test('what is no such list is one record', () => {
  for (const value of ['{"events":7}', '{"n":1}', 'text', '[]']) {
    const [record, ...more] = recordsOf(value)
    assert.equal(record?.record.value, value)
    assert.deepEqual(more, [])
  }
})

test('a list without an event announces nothing', () => {
  assert.deepEqual(recordsOf('{"events":[]}'), [])
})
