import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConsumerHistory } from '../fixture/builder.ts'
import { kind } from '../fixture/kinds.ts'
import { Outcomes } from './outcomes.ts'

/** What is open when this has happened to an event that is redriven after it was a dead letter. */
function openAfter(then: (h: ConsumerHistory, redriven: ReturnType<ConsumerHistory['put']>) => void) {
  const h = new ConsumerHistory()
  const event = h.put('o-1', { expect: 'dead-letter', failures: -1 })
  h.fail(event)
  then(h, h.copy(event, { expect: 'effect' }))
  return new Outcomes(kind.open(h)).open().map(({ copy }) => copy)
}

test('a redriven event is open until it takes effect', () => {
  assert.deepEqual(
    openAfter((h, event) => h.commit(event)),
    [2],
  )
  assert.deepEqual(
    openAfter((h, event) => void [h.apply(event), h.commit(event)]),
    [],
  )
})

test('or until it is a dead letter once more', () => {
  assert.deepEqual(
    openAfter((h, event) => h.refuse(event)),
    [],
  )
})

test('what is still to come is told by its place', () => {
  const h = new ConsumerHistory()
  const done = h.put('o-1')
  const late = h.put('o-1')
  h.apply(done)
  const { partition } = done
  assert.equal(
    new Outcomes(kind.open(h)).waitedFor(),
    `the event at orders/${partition}@${late.offset} had neither an effect nor a dead letter; ` +
      `the event at orders/${partition}@${done.offset} had its effect, and its offset was not committed, which the service must try again where the broker refuses it`,
  )
})

test('a group that commits the offset of the record that it has handled is told so', () => {
  const h = new ConsumerHistory()
  h.handle('o-1')
  const event = h.put('o-1')
  h.apply(event)
  assert.match(
    new Outcomes(kind.open(h)).waitedFor(),
    /had its effect, and the group has committed just this offset, and not the next one/,
  )
})
