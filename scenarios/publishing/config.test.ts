import assert from 'node:assert/strict'
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
    what: 'an id in what is written by a schema',
    path: 'publishers.orders-avro.eventId',
    value: { json: '$.id' },
    field: 'publishers.orders-avro.eventId',
    says: /\{ json: '\$\.id' \}, allowed is \{ header: 'name' \}: registry says/,
  },
  {
    what: 'a misspelt inner field',
    path: 'publishers.orders.outbox.publishd',
    value: 'p',
    says: /allowed is table, id/,
    hint: /'published'/,
  },
  {
    what: 'a missing field',
    path: 'publishers.orders.topic',
    value: undefined,
    says: /found nothing, allowed is a string/,
  },
  {
    what: 'an unknown word',
    path: 'publishers.orders.order',
    value: 'per-topic',
    says: /'per-key', 'none'/,
  },
  {
    what: 'a path without slash',
    path: 'publishers.orders.command.http.path',
    value: 'orders',
    says: /starts with '\/'/,
  },
  {
    what: 'a connector without class',
    path: 'publishers.orders-cdc.relay',
    value: { debezium: { connector: {} } },
    field: 'publishers.orders-cdc.relay.debezium.connector',
    says: /connector\.class/,
  },
  {
    what: 'a misspelt connector',
    path: 'publishers.orders-cdc.relay',
    value: { debezium: { conector: {} } },
    field: 'publishers.orders-cdc.relay.debezium.conector',
    says: /a field of that name, allowed is connector/,
    hint: /'connector'/,
  },
  {
    what: 'a service that is not there',
    path: 'publishers.orders.service',
    value: 'order',
    says: /name of a service: orders, relay/,
    hint: /'orders'/,
  },
  {
    what: 'a relay that is not there',
    path: 'publishers.orders.relay',
    value: 'poling',
    says: /or 'polling'/,
    hint: /'polling'/,
  },
  {
    what: 'an unknown placeholder deep in the body',
    path: 'publishers.orders.command.http.json',
    value: { a: ['{kee}'] },
    field: 'publishers.orders.command.http.json.a[0]',
    says: /\{kee\}/,
    hint: /\{key\}/,
  },
  {
    what: 'a command by which no row can be told',
    path: 'publishers.orders.command.http',
    value: { method: 'POST', path: '/orders', json: { customer: 'somebody' } },
    says: /neither \{key\} nor \{amount\}/,
  },
  {
    what: 'ids of its own, and no column that tells whose row it is',
    path: 'publishers.orders',
    value: {
      ...reference.publishers?.orders,
      command: { http: { method: 'POST', path: '/orders', json: { total: '{amount}' } } },
      state: { table: 'orders', id: 'id' },
    },
    field: 'publishers.orders.state.amount',
    says: /the column that the \{amount\} of a command ends up in/,
  },
  {
    what: 'a way to change an aggregate that does not say which one',
    path: 'publishers.orders.command.again',
    value: { http: { method: 'PATCH', path: '/orders', json: { total: '{amount}' } } },
    field: 'publishers.orders.command.again.http',
    says: /\{id\} where the aggregate's id goes/,
  },
  {
    what: 'a way to change an aggregate whose id nothing tells',
    path: 'publishers.orders',
    value: {
      ...reference.publishers?.orders,
      command: {
        http: { method: 'POST', path: '/orders', json: { customer: '{key:number}' } },
        again: { http: { method: 'PATCH', path: '/orders/{id}' } },
      },
      state: { table: 'orders', id: 'id' },
    },
    field: 'publishers.orders.command.answer',
    says: /where an answer tells the id, or state\.amount/,
  },
  {
    what: 'a form of the key that there is not',
    path: 'publishers.orders.command.http.path',
    value: '/orders/{key:uid}',
    says: /\{key:uid\}/,
    hint: /\{key:uuid\}/,
  },
]

describe('a wrong field of a publisher', () => {
  for (const wrong of WRONG) {
    it(`is named: ${wrong.what}`, () => {
      assertNamed(errorOf(changed(reference, wrong.path, wrong.value), SECTIONS), wrong)
    })
  }

  it('is listed with the others', () => {
    const config = changed(
      changed(reference, 'publishers.orders.topic', undefined),
      'consumers.payment.group',
      7,
    )
    assert.match(
      errorOf(config, SECTIONS).detail.what,
      /^publishers\.orders\.topic: .*; also wrong: consumers\.payment\.group$/,
    )
  })
})
