import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** Delivered and committed past; nothing came of it. */
function passedOver(h: ConsumerHistory, key: string, change = {}) {
  const event = h.put(key, {}, change)
  h.commit(event)
  return event
}

table('IC5', [
  ['all take effect', 'held', (h) => h.handleAll('o-0', 'o-0', 'o-1')],
  [
    'two events with one body both take effect',
    'held',
    (h) => {
      const first = h.handle('o-1')
      const second = h.put('o-1', {}, { amount: first.amount, value: first.value })
      h.apply(second)
      h.commit(second)
    },
  ],
  [
    'of two events with one body only one does',
    'false-dedupe',
    (h) => {
      const { amount, value } = h.handle('o-1')
      passedOver(h, 'o-1', { amount, value })
    },
  ],
  [
    'of two events whose bodies differ by the id that they bear only one does',
    'false-dedupe',
    (h) => {
      const first = h.put('o-1', {}, { id: 'e-1', value: '{"id":"e-1"}' })
      h.apply(first)
      h.commit(first)
      passedOver(h, 'o-1', { amount: first.amount, id: 'e-2', value: '{"id":"e-2"}' })
    },
  ],
  [
    'of two keys one event is lost, behind a dead letter of their batch; of others all take effect',
    'held',
    (h) => {
      h.handleAll('o-0', 'o-1', 'o-2', 'o-2', 'o-3', 'o-3')
      for (const key of ['o-0', 'o-1']) passedOver(h, key)
    },
  ],
  [
    'one is lost of many events that say the same',
    'held',
    (h) => {
      const said = { amount: 7, value: '{"order":"o-1"}' }
      for (const id of ['e-1', 'e-2', 'e-3']) {
        const event = h.put('o-1', {}, { ...said, id })
        h.apply(event)
        h.commit(event)
      }
      passedOver(h, 'o-1', { ...said, id: 'e-4' })
    },
  ],
  [
    'of each key only the first event does',
    'false-dedupe',
    (h) => {
      h.handleAll('o-0', 'o-1')
      for (const key of ['o-0', 'o-1']) passedOver(h, key)
    },
  ],
  [
    'one event is lost: that is no matter of keys',
    'held',
    (h) => {
      h.handleAll('o-0', 'o-1')
      passedOver(h, 'o-1')
      h.handle('o-0')
    },
  ],
  [
    'two of one key are lost, others take effect',
    'held',
    (h) => {
      h.handle('o-1')
      passedOver(h, 'o-1')
      h.handle('o-1')
      passedOver(h, 'o-1')
    },
  ],
  [
    'another handler remembers in the same table',
    'false-dedupe',
    (h) => {
      for (const key of ['o-0', 'o-1', 'o-0']) {
        const event = h.put(key)
        h.commitRows([h.dedupeRow(event)], event.xid)
        h.commit(event)
      }
    },
  ],
  [
    'not committed past: that is late, not mistaken',
    'held',
    (h) => {
      const { amount, value } = h.handle('o-1')
      h.put('o-1', {}, { amount, value })
    },
  ],
])
