import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConsumerHistory } from '../fixture/builder.ts'
import { ConsumerView } from './consumer-view.ts'
import { readsAll, readsUnseen } from './first-read.ts'

const ALL = { shipping: [0, 1] }

/** Whether the group of a written history reads both partitions, by one of these. */
function reads(
  write: (h: ConsumerHistory) => void,
  look: (view: ConsumerView, topic: string, partitions: number) => boolean = readsAll,
): boolean {
  const h = new ConsumerHistory()
  write(h)
  const view = new ConsumerView(h.plan)
  for (const event of h.events) view.add(event)
  return look(view, h.plan.consumer.topic, 2)
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

test('its fetches are not seen where it has all partitions, and none was ever fetched from or committed to', () => {
  const unseen = (write: (h: ConsumerHistory) => void) => reads(write, readsUnseen)
  assert.equal(
    unseen((h) => h.generation(ALL)),
    true,
  )
  assert.equal(
    unseen((h) => h.generation(ALL).beginReading(0, 0, 'audit')),
    true,
  )
  const joins = { clientId: 'shipping', software: null, api: 'join-group', settings: {} } as const
  assert.equal(
    unseen((h) => {
      h.add({ kind: 'k.asked', ...joins, group: h.plan.consumer.group })
      h.generation(ALL)
    }),
    false,
    'what it asks for passes us, and it will fetch',
  )
  assert.equal(
    unseen((h) => h.generation({ shipping: [0] })),
    false,
  )
  assert.equal(
    unseen((h) => h.generation(ALL).beginReading(1, 0)),
    false,
  )
  assert.equal(
    unseen((h) => h.commit({ partition: 0, offset: 1 }).generation(ALL)),
    false,
  )
  assert.equal(
    unseen(() => {}),
    false,
  )
})
