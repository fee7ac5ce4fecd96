import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fed } from '../../../proof/history/view.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { ConsumerView } from '../view/consumer-view.ts'
import { misplaced } from './misplaced.ts'

function wrong(consumer: ConstructorParameters<typeof ConsumerHistory>[0]) {
  const h = new ConsumerHistory(consumer)
  h.handleAll('o-1', 'o-2', 'o-3')
  return misplaced(fed(new ConsumerView(h.plan), h.events))
}

test('what stands where the config says is right', () => {
  assert.equal(wrong({}), undefined)
})

test('another column of the effects, or of the memory, has the ids of events', () => {
  const { effects, dedupe } = new ConsumerHistory({}).plan.consumer
  const other = wrong({ consumer: { effects: { ...effects, eventId: 'amount' } } })
  assert.deepEqual(
    [other?.field, other?.advice],
    ['effects.eventId', `declare effects.eventId: '${effects.eventId}'`],
  )
  if (dedupe === undefined) throw new Error('the fixture remembers ids')
  const memory = wrong({ consumer: { dedupe: { ...dedupe, eventId: 'nothing' } } })
  assert.deepEqual(
    [memory?.field, memory?.advice],
    ['dedupe.eventId', `declare dedupe.eventId: '${dedupe.eventId}'`],
  )
})

test('rows come to say that they are done in other words', () => {
  const { effects } = new ConsumerHistory({}).plan.consumer
  const h = new ConsumerHistory({
    consumer: { effects: { ...effects, done: { column: 'status', is: 'DONE' } } },
  })
  const event = h.put('o-1')
  h.commitRows([h.effectRow(event, { status: 'processing' })], 1)
  const view = fed(new ConsumerView(h.plan), h.events)
  assert.equal(misplaced(view), undefined)
  view.add(h.commitRows([{ ...h.effectRow(event, { status: 'done' }), op: 'update' }], 2))
  const wrong = misplaced(view)
  assert.deepEqual(
    [wrong?.field, wrong?.advice],
    ['effects.done', `declare effects.done: { column: 'status', is: 'done' }`],
  )
})
