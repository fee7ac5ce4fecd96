import { table } from '../fixture/judged.ts'
import { RETRY } from '../fixture/plan.ts'

const { never: _, ...SILENT } = RETRY
const FUTILE = { expect: 'dead-letter', failures: -1, retriable: false } as const

table('RD5', [
  ['a dead letter at once', 'held', (h) => h.refuse(h.put('o-1', FUTILE))],
  ['through all retries', 'retry-on-nonretriable', (h) => h.fail(h.put('o-1', FUTILE))],
  [
    'tried again in place',
    'retry-on-nonretriable',
    (h) => {
      const event = h.put('o-1', FUTILE)
      h.attempt(event, true).pass(1000)
      h.refuse(event)
    },
  ],
  [
    'through all retries, and the config does not name what must not be tried again',
    'held',
    (h) => h.fail(h.put('o-1', FUTILE)),
    { consumer: { retry: SILENT } },
  ],
  [
    'through all retries, and the config names only what can not be read',
    'held',
    (h) => h.fail(h.put('o-1', FUTILE)),
    { consumer: { retry: { ...SILENT, never: { unreadable: true } } } },
  ],
  [
    'the outside calls it wrong, and it is called again',
    'retry-on-nonretriable',
    (h) => {
      const event = h.put('o-1', FUTILE)
      h.call(event, event.id, 422).pass(5000).call(event, event.id, 422)
      h.divert(event, 'dead-letter')
      h.commit(event)
    },
    { consumer: { retry: { ...SILENT, never: { http: [422], unreadable: true } } } },
  ],
  [
    'the outside calls it wrong, and its row is refused as well',
    'retry-on-nonretriable',
    (h) => {
      const event = h.put('o-1', FUTILE)
      h.call(event, event.id, 422)
      h.fail(event)
    },
    { consumer: { retry: { ...SILENT, never: { http: [422], unreadable: true } } } },
  ],
  [
    'unreadable, and on a retry topic',
    'retry-on-nonretriable',
    (h) => {
      const event = h.put('o-1', { ...FUTILE, failures: 0 })
      h.divert(event, 0)
      h.divert(event, 'dead-letter')
    },
  ],
  [
    'it is read again as often as it could not be handed over',
    'held',
    (h) => {
      h.fault('armed', 'wire', 'orders-dlt')
      const event = h.put('o-1', FUTILE)
      for (let n = 0; n < 3; n++) h.attempt(event, true).fault('tookEffect', 'wire', 'orders-dlt').pass(2000)
      h.fault('cleared', 'wire', 'orders-dlt').attempt(event, true)
      h.divert(event, 'dead-letter')
    },
  ],
  [
    'it is read again more often than that',
    'retry-on-nonretriable',
    (h) => {
      h.fault('armed', 'wire', 'orders-dlt')
      const event = h.put('o-1', FUTILE)
      h.attempt(event, true).fault('tookEffect', 'wire', 'orders-dlt').pass(2000)
      for (let n = 0; n < 2; n++) h.attempt(event, true).pass(2000)
      h.fault('cleared', 'wire', 'orders-dlt')
      h.divert(event, 'dead-letter')
    },
  ],
  [
    'a batch is divided until the event is alone',
    'held',
    (h) => {
      const event = h.put('o-1', FUTILE)
      h.attempt(event, true).attempt(event, true)
      h.refuse(event)
    },
  ],
  [
    'tried again after a crash',
    'held',
    (h) => {
      const event = h.put('o-1', FUTILE)
      h.attempt(event, true).fault('armed').fault('tookEffect').fault('cleared').pass(2000)
      h.refuse(event)
    },
  ],
  [
    'a failure that a retry may help',
    'held',
    (h) => h.fail(h.put('o-1', { expect: 'dead-letter', failures: -1 })),
  ],
])
