import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CloudEvent, Kafka } from 'cloudevents'
import { isJson, isMediaType, isTimestamp, isUri, isUriReference } from './cloud-attributes.ts'
import { envelopeOf } from './cloud-event.ts'

const BINARY = {
  ce_specversion: '1.0',
  ce_id: 'e-1',
  ce_source: '/orders',
  ce_type: 'com.acme.order.placed',
  'content-type': 'application/json',
}
const STRUCTURED = { specversion: '1.0', id: 'e-1', source: '/orders', type: 'placed', data: { amount: 7 } }

type Headers = Readonly<Record<string, string | null>>
const kinds = (headers: Headers, value: string | null = '{"amount":7}') =>
  envelopeOf({ headers, value }).offences.map(({ kind }) => kind)
const structured = (change: object, contentType = 'application/cloudevents+json') =>
  kinds({ 'content-type': contentType }, JSON.stringify({ ...STRUCTURED, ...change }))

describe('in binary mode', () => {
  const GOOD: readonly (readonly [string, Headers, (string | null)?])[] = [
    ['what is required', BINARY],
    ['no data', BINARY, null],
    ['no content type', { ...BINARY, 'content-type': null }, 'plain'],
    [
      'all attributes',
      { ...BINARY, ce_subject: 'o-1', ce_time: '2026-02-05T10:30:00.5+09:00', ce_dataschema: 'urn:a:b' },
    ],
    [
      'extensions',
      { ...BINARY, ce_traceparent: '00-1', ce_partitionkey: '', eventId: 'e-1', TraceParent: 'x' },
    ],
    ['a source with a scheme', { ...BINARY, ce_source: 'https://acme.example/orders?a=b#c' }],
    ['an attribute that is null is absent', { ...BINARY, ce_subject: null }],
    ['Avro', { ...BINARY, 'content-type': 'application/avro' }, 'base64:AAAAAAE='],
    ['JSON behind the bytes of a registry', BINARY, '\0\0\0\0\u0005{"amount":7}'],
    [
      'the same with a larger id',
      BINARY,
      `base64:${Buffer.from([0, 0, 0, 1, 200, 123, 125]).toString('base64')}`,
    ],
    ['JSON with parameters', { ...BINARY, 'content-type': 'application/vnd.acme+json; charset="utf-8"' }],
  ]
  for (const [what, headers, value] of GOOD)
    test(`valid: ${what}`, () =>
      assert.deepEqual(envelopeOf({ headers, value: value === undefined ? '{}' : value }).offences, []))

  const { ce_specversion, ce_id, ce_source, ce_type, ...rest } = BINARY
  const BAD: readonly (readonly [string, string[], Headers, string?])[] = [
    ['no header', ['no-cloud-event'], {}],
    ['headers of another kind', ['no-cloud-event'], { eventId: 'e-1', 'content-type': 'application/json' }],
    ['no id', ['attribute-missing'], { ...rest, ce_specversion, ce_source, ce_type }],
    ['nothing but an id', Array(3).fill('attribute-missing'), { ce_id }],
    ['an empty id', ['attribute-wrong'], { ...BINARY, ce_id: '' }],
    ['another version', ['attribute-wrong'], { ...BINARY, ce_specversion: '1.0.2' }],
    ['an old version', ['attribute-wrong'], { ...BINARY, ce_specversion: '0.3' }],
    ['a source with a space', ['attribute-wrong'], { ...BINARY, ce_source: 'order service' }],
    ['an empty source', ['attribute-wrong'], { ...BINARY, ce_source: '' }],
    ['a day that no calendar has', ['attribute-wrong'], { ...BINARY, ce_time: '2026-02-30T10:30:00Z' }],
    ['milliseconds in the place of a time', ['attribute-wrong'], { ...BINARY, ce_time: '1770287400000' }],
    ['a relative schema', ['attribute-wrong'], { ...BINARY, ce_dataschema: '/order.json' }],
    ['no media type', ['attribute-wrong'], { ...BINARY, 'content-type': 'json' }],
    ['a control character', ['attribute-wrong'], { ...BINARY, ce_subject: 'a\tb' }],
    ['a name with a capital', ['attribute-misnamed'], { ...BINARY, ce_traceParent: '00-1' }],
    ['a name with a dash', ['attribute-misnamed'], { ...BINARY, 'ce_trace-parent': '00-1' }],
    [
      'the type of the data as an attribute',
      ['attribute-misnamed'],
      { ...BINARY, ce_datacontenttype: 'text/plain' },
    ],
    [
      'headers in capitals',
      [...Array(4).fill('attribute-missing'), 'attribute-misnamed'].sort(),
      { CE_id: 'e-1' },
    ],
    ['no JSON', ['data-not-as-declared'], BINARY, '{"amount":'],
    ['no text', ['data-not-as-declared'], { ...BINARY, 'content-type': 'text/plain' }, 'base64:/w=='],
  ]
  for (const [what, expected, headers, value] of BAD)
    test(`${expected[0]}: ${what}`, () => assert.deepEqual(kinds(headers, value).sort(), expected))
})

describe('in structured mode', () => {
  const GOOD: readonly (readonly [string, object, string?])[] = [
    ['what is required', {}],
    ['parameters', {}, 'application/cloudevents+json; charset=UTF-8'],
    ['extensions of all types', { flag: true, count: 3, note: 'x', traceparent: '00-1' }],
    ['an extension that is null', { note: null }],
    ['bytes', { data: undefined, data_base64: 'AAEC' }],
    ['text', { data: 'plain', datacontenttype: 'text/plain' }],
    ['data that is a JSON text', { data: 'plain', datacontenttype: 'application/json' }],
    ['no data', { data: undefined }],
  ]
  for (const [what, change, type] of GOOD)
    test(`valid: ${what}`, () => assert.deepEqual(structured(change, type), []))

  const BAD: readonly (readonly [string, string, object, string?])[] = [
    ['a batch', 'no-cloud-event', {}, 'application/cloudevents-batch+json'],
    ['no source', 'attribute-missing', { source: undefined }],
    ['a number for an id', 'attribute-wrong', { id: 7 }],
    ['an extension that is an object', 'attribute-wrong', { trace: { parent: '00-1' } }],
    ['an extension with a fraction', 'attribute-wrong', { ratio: 1.5 }],
    ['a name with an underscore', 'attribute-misnamed', { trace_parent: '00-1' }],
    ['both sorts of data', 'data-not-as-declared', { data_base64: 'AAEC' }],
    ['no Base64', 'data-not-as-declared', { data: undefined, data_base64: 'a b' }],
    ['an object as XML', 'data-not-as-declared', { datacontenttype: 'application/xml' }],
  ]
  for (const [what, kind, change, type] of BAD)
    test(`${kind}: ${what}`, () => assert.deepEqual(structured(change, type), [kind]))

  test('what is no JSON object is none', () => {
    for (const value of ['[]', 'nonsense', null])
      assert.deepEqual(kinds({ 'content-type': 'application/cloudevents+json' }, value), ['no-cloud-event'])
  })

  test('another format is not read', () => {
    const { offences, unread } = envelopeOf({
      headers: { 'content-type': 'application/cloudevents+avro' },
      value: 'x',
    })
    assert.deepEqual([offences, unread], [[], 'application/cloudevents+avro'])
  })
})

describe('the package cloudevents', () => {
  const event = new CloudEvent({ ...STRUCTURED, time: '2026-02-05T10:30:00Z', extension: 'x' })

  test('writes what is valid here', () => {
    const { headers, value } = Kafka.binary(event)
    // What is undefined is no header.
    assert.deepEqual(kinds(JSON.parse(JSON.stringify(headers)), JSON.stringify(value)), [])
    const whole = Kafka.structured<unknown>(event)
    assert.deepEqual(kinds({ 'content-type': 'application/cloudevents+json' }, String(whole.value)), [])
  })

  test('refuses nothing that is valid here', () => {
    const refused: object[] = [
      { source: '' },
      { source: 'order service' },
      { type: '' },
      { time: 'now' },
      { dataschema: '' },
      { Name: 'x' },
    ]
    for (const change of refused) {
      assert.throws(() => new CloudEvent({ ...STRUCTURED, ...change }))
      assert.notDeepEqual(structured(change), [], JSON.stringify(change))
    }
  })

  test('makes an id, a time and a version up where there is none, so that it is no judge', () => {
    const message = { headers: { ce_id: 'e-1' }, value: '{}', key: '', body: '', timestamp: '' }
    const read = Kafka.toEvent(message)
    assert.equal((read as CloudEvent).specversion, '1.0')
    assert.ok((read as CloudEvent).time)
  })
})

test('types of attributes', () => {
  for (const text of [
    '/a',
    'a/b',
    '#a',
    '?a',
    '//host/a',
    'urn:a',
    'https://[::1]:8080/',
    'mailto:a@b',
    'a%20b',
    '',
  ])
    assert.ok(isUriReference(text), text)
  for (const text of ['a b', '1:a', 'http://a b', '%zz', 'http://[', 'a\\b', 'ü'])
    assert.ok(!isUriReference(text), text)
  for (const text of ['urn:a', 'https://a/b']) assert.ok(isUri(text), text)
  assert.ok(!isUri('/a'))
  for (const text of ['2024-02-29T00:00:00Z', '2016-12-31t23:59:60z', '2026-01-01T00:00:00.123456789-23:59'])
    assert.ok(isTimestamp(text), text)
  for (const text of [
    '2026-02-29T00:00:00Z',
    '2026-01-01 00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00',
    '2026-13-01T00:00:00Z',
  ])
    assert.ok(!isTimestamp(text), text)
  for (const text of ['a/b', 'text/plain; charset=utf-8', 'a/b;c="d e"']) assert.ok(isMediaType(text), text)
  for (const text of ['a', 'a/', 'a/b;c', '']) assert.ok(!isMediaType(text), text)
  for (const text of ['application/json', 'text/json; charset=x', 'a/b+json']) assert.ok(isJson(text), text)
  for (const text of ['application/jsonl', 'text/plain', 'a/b+jsonx']) assert.ok(!isJson(text), text)
})
