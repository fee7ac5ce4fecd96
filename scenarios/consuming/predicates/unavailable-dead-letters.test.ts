import type { ConsumerHistory, Placed } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const FUTILE = { expect: 'dead-letter', failures: -1, retriable: false } as const

/** A topic takes nothing while an event fails. */
function without(
  h: ConsumerHistory,
  topic: string,
  during: (e: Placed) => void,
  after: (e: Placed) => void,
): void {
  h.handle('o-0')
  const event = h.put('o-1', topic === 'orders-dlt' ? FUTILE : { failures: 1 })
  h.fault('armed', 'wire', topic).attempt(event, true).fault('tookEffect', 'wire', topic)
  during(event)
  h.fault('cleared', 'wire', topic)
  after(event)
}

const kept = (h: ConsumerHistory) => (event: Placed) => {
  h.divert(event, 'dead-letter')
  h.commit(event)
}

table('RD7', [
  ['the event stays where it is', 'held', (h) => without(h, 'orders-dlt', () => {}, kept(h))],
  [
    'the group goes past it, and it is gone',
    'dropped-when-dlt-down',
    (h) =>
      without(
        h,
        'orders-dlt',
        (e) => h.commit(e),
        () => {},
      ),
  ],
  [
    'the group goes past it before the record is on its way',
    'dropped-when-dlt-down',
    (h) => {
      h.fault('armed', 'wire', 'orders-dlt')
      const event = h.put('o-1', FUTILE)
      h.attempt(event, true).commit(event)
      h.fault('tookEffect', 'wire', 'orders-dlt').fault('cleared', 'wire', 'orders-dlt')
      h.divert(event, 'dead-letter')
    },
  ],
  [
    'the group went past it before there was a fault: it is not judged',
    'held',
    (h) => {
      const event = h.put('o-1', FUTILE)
      h.attempt(event, true).commit(event)
      h.fault('armed', 'wire', 'orders-dlt')
      h.fault('tookEffect', 'wire', 'orders-dlt').fault('cleared', 'wire', 'orders-dlt')
    },
  ],
  [
    'the group goes past it, and it comes later from memory',
    'dropped-when-dlt-down',
    (h) =>
      without(
        h,
        'orders-dlt',
        (e) => h.commit(e),
        (e) => void h.divert(e, 'dead-letter'),
      ),
  ],
  [
    'it was stored, though the answer was lost',
    'held',
    (h) =>
      without(
        h,
        'orders-dlt',
        (e) => {
          h.divert(e, 'dead-letter')
          h.commit(e)
        },
        () => {},
      ),
  ],
  [
    'the group goes past what waits on a retry topic',
    'held',
    (h) =>
      without(
        h,
        'orders-dlt',
        (e) => {
          h.divert(e, 0)
          h.commit(e)
        },
        kept(h),
      ),
  ],
  [
    'the first retry topic takes nothing, and the group goes past the event',
    'dropped-when-dlt-down',
    (h) =>
      without(
        h,
        'orders-retry-0',
        (e) => h.commit(e),
        () => {},
      ),
  ],
  [
    'the first retry topic takes nothing, and the event stays',
    'held',
    (h) =>
      without(
        h,
        'orders-retry-0',
        () => {},
        (e) => {
          h.divert(e, 0)
          h.commit(e)
        },
      ),
  ],
  [
    'a fault elsewhere',
    'held',
    (h) =>
      without(
        h,
        'audit',
        (e) => h.commit(e),
        () => {},
      ),
  ],
])
