import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConsumerHistory } from '../fixture/builder.ts'
import { ConsumerView } from './consumer-view.ts'
import { readsAll } from './first-read.ts'

const ALL = { shipping: [0, 1] }

/** Whether the group of a written history reads both partitions. */
function reads(write: (h: ConsumerHistory) => void): boolean {
  const h = new ConsumerHistory()
  write(h)
  const view = new ConsumerView(h.plan)
  for (const event of h.events) view.add(event)
  return readsAll(view, h.plan.consumer.topic, 2)
}

test('a group reads when a member of it has fetched from each partition, or it has committed there', () => {
  assert.equal(
    reads((h) => h.generation(ALL)),
    false,
  )
  assert.equal(
    reads((h) => h.generation(ALL).beginReading(0, 0)),
    false,
  )
  assert.equal(
    reads((h) => h.generation(ALL).beginReading(0, 0).beginReading(1, 0, 'audit')),
    false,
  )
  assert.equal(
    reads((h) => h.generation(ALL).beginReading(0, 0).beginReading(1, 0)),
    true,
  )
  assert.equal(
    reads((h) => h.beginReading(0, 0).commit({ partition: 1, offset: 4 })),
    true,
  )
})
