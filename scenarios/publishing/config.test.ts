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
