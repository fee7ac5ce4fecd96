import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import reference from '../../eventproof.config.ts'
import { ConfigInvalid } from './config-invalid.ts'
import { jsonSchema, SCHEMA_FILE } from './json-schema.ts'
import { parseConfig } from './schema.ts'

/** The reference config with one field changed; `undefined` takes the field away. */
function changed(path: string, value: unknown): unknown {
  const config = structuredClone(reference) as unknown as Record<string, unknown>
  const parts = path.split('.')
  const last = parts.pop() as string
  const parent = parts.reduce((inner, part) => inner[part] as Record<string, unknown>, config)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return config
}

function errorOf(config: unknown): ConfigInvalid {
  try {
    parseConfig(config, 'eventproof.config.ts')
  } catch (error) {
    assert.ok(error instanceof ConfigInvalid, String(error))
    return error
  }
  assert.fail('the config was accepted')
}

test('the reference config is valid', () => {
  assert.deepEqual(parseConfig(reference, 'eventproof.config.ts'), reference)
})

const wrong: readonly [
  what: string,
  path: string,
  value: unknown,
  field: string,
  found: RegExp,
  hint?: RegExp,
][] = [
  [
    'a misspelt field',
    'services.orders.comand',
    ['node'],
    'services.orders.comand',
    /a field of that name/,
    /'command'/,
  ],
  [
    'a misspelt inner field',
    'publishers.orders.outbox.publishd',
    'p',
    'publishers.orders.outbox.publishd',
    /allowed is table, id/,
    /'published'/,
  ],
  [
    'a missing field',
    'publishers.orders.topic',
    undefined,
    'publishers.orders.topic',
    /found nothing, allowed is a string/,
  ],
  [
    'another type',
    'services.orders.command',
    'node main.js',
    'services.orders.command',
    /"node main.js".*an array/,
  ],
  ['an empty command', 'services.orders.command', [], 'services.orders.command', /found \[\].*not empty/],
  ['an unknown word', 'publishers.orders.order', 'per-topic', 'publishers.orders.order', /'per-key', 'none'/],
  [
    'a path without slash',
    'publishers.orders.command.http.path',
    'orders',
    'publishers.orders.command.http.path',
    /starts with '\/'/,
  ],
  [
    'a time without unit',
    'publishers.orders.recoverWithin',
    '30',
    'publishers.orders.recoverWithin',
    /'30s'/,
  ],
  ['an unknown readiness', 'services.orders.ready', { port: 1 }, 'services.orders.ready', /\{ tcp: true \}/],
  [
    'a connector without class',
    'publishers.orders-cdc.relay',
    { debezium: { connector: {} } },
    'publishers.orders-cdc.relay.debezium.connector',
    /connector\.class/,
  ],
  [
    'a service that is not there',
    'publishers.orders.service',
    'order',
    'publishers.orders.service',
    /name of a service: orders, relay/,
    /'orders'/,
  ],
  [
    'a relay that is not there',
    'publishers.orders.relay',
    'poling',
    'publishers.orders.relay',
    /or 'polling'/,
    /'polling'/,
  ],
  [
    'an unknown placeholder',
    'services.orders.env',
    { A: '{postgres.urll}' },
    'services.orders.env.A',
    /\{postgres\.urll\}/,
    /\{postgres\.url\}/,
  ],
  [
    'a placeholder of the command in env',
    'services.orders.env',
    { A: '{key}' },
    'services.orders.env.A',
    /\{key\}/,
  ],
  [
    'an unknown placeholder deep in the body',
    'publishers.orders.command.http.json',
    { a: ['{kee}'] },
    'publishers.orders.command.http.json.a[0]',
    /\{kee\}/,
    /\{key\}/,
  ],
  [
    'a day that is none',
    'attestations',
    { D1: { statement: 's', evidence: 'e', by: 'b', until: 'soon' } },
    'attestations.D1.until',
    /YYYY-MM-DD/,
  ],
  [
    'an output that names no cause',
    'consumers.payment.outputs',
    { topic: 'payments', eventId: { header: 'id' }, cause: 'causationId' },
    'consumers.payment.outputs.cause',
    /\{ header: 'name' \} or/,
  ],
  [
    'an output that comes back to its consumer',
    'consumers.payment.outputs',
    { topic: 'payment-events-retry-1', eventId: { header: 'id' }, cause: { header: 'cause' } },
    'consumers.payment.outputs.topic',
    /a topic other than payment-events, .*payment-events-dlt/,
  ],
  [
    'one retry topic for two delays',
    'consumers.payment.retry.topics.1',
    'payment-events-retry-0',
    'consumers.payment.retry.topics.1',
    /'payment-events-retry-0', allowed is a topic other than payment-events, payment-events-retry-0/,
  ],
  [
    'dead letters on the topic that is consumed',
    'consumers.payment.retry.deadLetter',
    'payment-events',
    'consumers.payment.retry.deadLetter',
    /'payment-events', allowed is a topic other than payment-events/,
  ],
  [
    'an amount of outputs that nothing can be compared with',
    'consumers.payment',
    {
      ...reference.consumers?.payment,
      effects: { table: 'payments', eventId: 'event_id' },
      outputs: { topic: 'paid', eventId: { header: 'id' }, cause: { header: 'cause' }, amount: '$.amount' },
    },
    'consumers.payment.outputs.amount',
    /effects\.amount is not declared/,
  ],
  [
    'a sum without a key',
    'consumers.payment.effects',
    { table: 'stock', sum: 'total' },
    'consumers.payment.effects',
    /with sum: key/,
  ],
  [
    'a sum beside retries',
    'consumers.payment.effects',
    { table: 'stock', key: 'id', sum: 'total' },
    'consumers.payment.retry',
    /effects\.sum is declared/,
  ],
  [
    'a name with capitals',
    'services.Orders',
    { command: ['a'], ready: { tcp: true } },
    'services.Orders',
    /small letters/,
  ],
]

for (const [what, path, value, field, found, hint] of wrong) {
  test(`${what} is named`, () => {
    const error = errorOf(changed(path, value))
    assert.equal(error.code, 'EVENTPROOF_CONFIG_INVALID')
    assert.equal(error.exitCode, 64)
    assert.equal(error.message, `the config is not valid: ${field}`)
    assert.match(error.detail.what, found)
    assert.equal(error.detail.where, 'eventproof.config.ts')
    if (hint) assert.match(error.detail.hint ?? '', hint)
  })
}

test('further wrong fields are listed', () => {
  const config = changed('publishers.orders.topic', undefined) as { services: Record<string, unknown> }
  config.services.orders = { ready: { tcp: true } }
  assert.match(
    errorOf(config).detail.what,
    /services\.orders\.command.*also wrong: publishers\.orders\.topic/,
  )
})

test('something else than a config is refused', () => {
  for (const value of [undefined, null, 'orders', 7, []]) assert.match(errorOf(value).detail.what, /object/)
})

test('subject.schema.json is what schema.ts says', async () => {
  const kept = JSON.parse(await readFile(SCHEMA_FILE, 'utf8'))
  assert.deepEqual(kept, JSON.parse(jsonSchema()), 'run node subjects/contract/emit-schema.ts')
})
