import type { EventOf } from '../../../proof/history/event.ts'
import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const GOOD = {
  eventId: 'event-1',
  'from-topic': 'orders',
  'from-partition': '1',
  'from-offset': '0',
  error: 'X',
}

function dead(change: Partial<EventOf<'k.record'>>) {
  return (h: ConsumerHistory) => void h.divert(h.put('o-1'), 'dead-letter', change)
}

/** In an envelope. */
function wrapped(member: (value: string) => unknown, headers: Record<string, string>) {
  return (h: ConsumerHistory) => {
    const input = h.put('o-1')
    const value = JSON.stringify({ error: 'no stock', attempts: 4, original: member(input.value) })
    h.divert(input, 'dead-letter', { headers, value, valueBytes: Buffer.byteLength(value) })
  }
}

table('RD4', [
  ['as it came', 'held', dead({})],
  ['whole in an envelope', 'held', wrapped((value) => JSON.parse(value), GOOD)],
  ['in an envelope, as text', 'held', wrapped((value) => value, GOOD)],
  ['in an envelope, its bytes in base64', 'held', wrapped((value) => btoa(value), GOOD)],
  ['another value in an envelope', 'dlt-mangled', wrapped(() => ({ key: 'another' }), GOOD)],
  [
    'with more headers, in another case',
    'held',
    dead({
      headers: {
        eventId: 'event-1',
        'From-Topic': 'orders',
        'FROM-PARTITION': '1',
        'from-offset': '0',
        Error: '',
        more: '',
      },
    }),
  ],
  ['another value', 'dlt-mangled', dead({ value: '{"key":"o-1"}' })],
  ['the same JSON, written anew', 'dlt-mangled', dead({ valueBytes: 7 })],
  ['another key', 'dlt-mangled', dead({ key: null })],
  ['a header is missing', 'dlt-missing-header', dead({ headers: { eventId: 'event-1', error: 'X' } })],
  ['a header is null', 'dlt-missing-header', dead({ headers: { ...GOOD, error: null } })],
  ['names another offset', 'dlt-mangled', dead({ headers: { ...GOOD, 'from-offset': '7' } })],
  [
    'names the retry topic as its origin',
    'dlt-mangled',
    dead({ headers: { ...GOOD, 'from-topic': 'orders-retry-0' } }),
  ],
  [
    'names its topic as the config does',
    'held',
    dead({ headers: { ...GOOD, 'from-topic': 'orders' } }),
    { consumer: { topic: 's01.orders', prefix: 's01.' } },
  ],
  [
    'names its topic with the prefix',
    'held',
    dead({ headers: { ...GOOD, 'from-topic': 's01.orders' } }),
    { consumer: { topic: 's01.orders', prefix: 's01.' } },
  ],
  [
    'names another topic of the config',
    'dlt-mangled',
    dead({ headers: { ...GOOD, 'from-topic': 'orders-retry-0' } }),
    { consumer: { topic: 's01.orders', prefix: 's01.' } },
  ],
  [
    'a run of a former version, of which no prefix is known',
    'dlt-mangled',
    dead({ headers: { ...GOOD, 'from-topic': 'orders' } }),
    { consumer: { topic: 's01.orders' } },
  ],
  [
    'an offset in bytes is not read',
    'held',
    dead({ headers: { ...GOOD, 'from-offset': 'base64:AAAAAAAAAAc=' } }),
  ],
  [
    'of bytes that are no text',
    'held',
    (h) => {
      const event = h.put('o-1', {}, { value: 'base64:gICA' })
      h.divert(event, 'dead-letter')
    },
  ],
  [
    'the second of two copies',
    'held',
    (h) => {
      const event = h.put('o-1')
      h.divert(h.copy(event), 'dead-letter')
    },
  ],
])
