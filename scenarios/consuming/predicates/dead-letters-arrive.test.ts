import { table } from '../fixture/judged.ts'

const FAILS = { expect: 'dead-letter', failures: -1 } as const

table('RD3', [
  ['what fails is a dead letter', 'held', (h) => h.fail(h.put('o-1', FAILS))],
  [
    'a dead letter in an envelope, with nothing else that says of which event it is',
    'held',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.attempt(event, true)
      const value = JSON.stringify({ error: 'no stock', original: JSON.parse(event.value) })
      h.divert(event, 'dead-letter', { key: null, headers: {}, value })
      h.commit(event)
    },
  ],
  [
    'an envelope around what is no event',
    'lost-to-dlt',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.attempt(event, true)
      const value = JSON.stringify({ error: 'no stock', original: { key: 'nobody' } })
      h.divert(event, 'dead-letter', { key: null, headers: {}, value })
      h.commit(event)
    },
  ],
  [
    'two dead letters of one event',
    'held',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.fail(event)
      h.divert(event, 'dead-letter')
    },
  ],
  [
    'committed past, and no dead letter',
    'lost-to-dlt',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.attempt(event, true).commit(event)
    },
  ],
  [
    'it was to fail, and no attempt of it did: an effect will do',
    'held',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.call(event).attempt(event).apply(event)
      h.commit(event)
    },
  ],
  [
    'an effect instead of a dead letter',
    'lost-to-dlt',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.attempt(event, true).apply(event)
      h.commit(event)
    },
  ],
  [
    'waits on a retry topic',
    'unknown',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.call(event, event.id, 503).divert(event, 0)
      h.commit(event)
    },
  ],
  [
    'neither committed past nor a dead letter, and its bound is over',
    'stalled-consumer',
    (h) => void h.attempt(h.put('o-1', FAILS), true).pass(9000),
  ],
  [
    'a dead letter whose effect is kept',
    'both-effect-and-dlt',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.apply(event)
      h.fail(event)
    },
  ],
  [
    'an effect after a redrive',
    'held',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.fail(event)
      const again = h.copy(event)
      h.apply(again)
      h.commit(again)
    },
  ],
  [
    'an unreadable event without an id, found by its place',
    'held',
    (h) => {
      const event = h.put('o-1', { ...FAILS, failures: 0, retriable: false })
      const headers = {
        'from-partition': '1',
        'from-offset': '0',
        'from-topic': 'orders',
        error: 'Unreadable',
      }
      h.divert(event, 'dead-letter', { headers })
      h.commit(event)
    },
  ],
  [
    'an unreadable event without id and place, found by its bytes',
    'held',
    (h) => {
      const event = h.put('o-1', { ...FAILS, failures: 0, retriable: false })
      h.divert(event, 'dead-letter', { headers: {} })
      h.commit(event)
    },
  ],
  [
    'no retries are declared',
    'held',
    (h) => void h.commit(h.put('o-1', FAILS)),
    { consumer: { retry: undefined } },
  ],
])
