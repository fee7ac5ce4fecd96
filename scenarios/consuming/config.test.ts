import { describe, it } from 'node:test'
import reference from '../../eventproof.config.ts'
import {
  assertNamed,
  changed,
  errorOf,
  type WrongCase,
} from '../../subjects/contract/fixture/wrong-config.ts'
import { SECTIONS } from '../config.ts'

const WRONG: readonly WrongCase[] = [
  {
    what: 'an output that names no cause',
    path: 'consumers.payment.outputs',
    value: { topic: 'payments', eventId: { header: 'id' }, cause: 'causationId' },
    field: 'consumers.payment.outputs.cause',
    says: /\{ header: 'name' \} or/,
  },
  {
    what: 'an output that comes back to its consumer',
    path: 'consumers.payment.outputs',
    value: { topic: 'payment-events-retry-1', eventId: { header: 'id' }, cause: { header: 'cause' } },
    field: 'consumers.payment.outputs.topic',
    says: /a topic other than payment-events, .*payment-events-dlt/,
  },
  {
    what: 'one retry topic for two delays',
    path: 'consumers.payment.retry.topics.1',
    value: 'payment-events-retry-0',
    says: /'payment-events-retry-0', allowed is a topic other than payment-events, payment-events-retry-0/,
  },
  {
    what: 'a delay too many',
    path: 'consumers.payment.retry.attempts',
    value: 3,
    field: 'consumers.payment.retry',
    says: /one delay less than there are attempts/,
  },
  {
    what: 'no attempt',
    path: 'consumers.payment.retry.attempts',
    value: 0,
    says: /found 0, allowed is 1 or more/,
  },
  {
    what: 'too many partitions',
    path: 'consumers.payment.partitions',
    value: 65,
    says: /found 65, allowed is 64 or less/,
  },
  {
    what: 'dead letters on the topic that is consumed',
    path: 'consumers.payment.retry.deadLetter',
    value: 'payment-events',
    says: /'payment-events', allowed is a topic other than payment-events/,
  },
  {
    what: 'an amount of outputs that nothing can be compared with',
    path: 'consumers.payment',
    value: {
      ...reference.consumers?.payment,
      effects: { table: 'payments', eventId: 'event_id' },
      outputs: { topic: 'paid', eventId: { header: 'id' }, cause: { header: 'cause' }, amount: '$.amount' },
    },
    field: 'consumers.payment.outputs.amount',
    says: /effects\.amount is not declared/,
  },
  {
    what: 'an id in what is written by a schema',
    path: 'consumers.payment',
    value: {
      ...reference.consumers?.payment,
      eventId: { json: '$.id' },
      event: { json: { id: '{eventId}', amount: '{amount}' }, registry: { schema: 'payments.avsc' } },
      tracing: undefined,
    },
    field: 'consumers.payment.eventId',
    says: /\{ json: '\$\.id' \}, allowed is \{ header: 'name' \}/,
  },
  {
    what: 'an amount in what is published by a schema',
    path: 'consumers.fulfillment.outputs.registry',
    value: {},
    field: 'consumers.fulfillment.outputs.amount',
    says: /'\$\.amount', allowed is nothing: outputs\.registry says/,
  },
  {
    what: 'an event whose id is not where it is declared',
    path: 'consumers.payment.eventId',
    value: { json: '$.meta.id' },
    field: 'consumers.payment.event',
    says: /no id in \$\.meta\.id, allowed is '\{eventId\}' where eventId says/,
  },
  {
    what: 'an event whose id is a part of what is there',
    path: 'consumers.payment.event.headers.eventId',
    value: 'payment-{eventId}',
    field: 'consumers.payment.event',
    says: /'payment-[0-9a-f-]+' as the id in header eventId/,
  },
  {
    what: 'an event without the amount that effects hold',
    path: 'consumers.payment.event.json',
    value: { paymentId: '{key}' },
    field: 'consumers.payment.event',
    says: /no \{amount\}, .*effects\.amount holds it/,
  },
  {
    what: 'an event without the version that a table holds',
    path: 'consumers.payment.versions',
    value: { table: 'payments', key: 'payment_id', version: 'version' },
    field: 'consumers.payment.event',
    says: /no \{version\}, .*versions holds it/,
  },
  {
    what: 'another version without the amount that effects hold',
    path: 'consumers.fulfillment.event.versions.v1.json',
    value: { orderId: '{key}', version: '{version}' },
    field: 'consumers.fulfillment.event.versions.v1',
    says: /no \{amount\}, .*effects\.amount holds it/,
  },
  {
    what: 'one key for all events',
    path: 'consumers.payment.event.key',
    value: 'payments',
    says: /'payments' for every event/,
  },
  {
    what: 'a sum without a key',
    path: 'consumers.payment.effects',
    value: { table: 'stock', sum: 'total' },
    says: /with sum: key/,
  },
  {
    what: 'a sum beside retries',
    path: 'consumers.payment.effects',
    value: { table: 'stock', key: 'id', sum: 'total' },
    field: 'consumers.payment.retry',
    says: /effects\.sum is declared/,
  },
  {
    what: 'an unknown placeholder in an approval',
    path: 'consumers.payment.redrive.approve.http.path',
    value: '/redrives/{eventid}',
    says: /\{eventid\} in '\/redrives\/\{eventid\}', allowed is \{eventId\}/,
    hint: /\{eventId\}/,
  },
  {
    what: 'an approval by a method that does not exist',
    path: 'consumers.payment.redrive.approve.http.method',
    value: 'SEND',
    says: /allowed is 'POST', 'PUT'/,
  },
]

describe('a wrong field of a consumer', () => {
  for (const wrong of WRONG) {
    it(`is named: ${wrong.what}`, () => {
      assertNamed(errorOf(changed(reference, wrong.path, wrong.value), SECTIONS), wrong)
    })
  }
})
