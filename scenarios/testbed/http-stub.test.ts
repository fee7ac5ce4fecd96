import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import type { Clock } from '../../core/clock.ts'
import { until } from '../../core/until.ts'
import type { NewEvent } from '../../proof/history/event.ts'
import type { EventIdSource } from '../../proof/history/event-id.ts'
import { loopbackListener } from '../../test/stack/loopback-listener.ts'
import { EventMarks } from './event-marks.ts'
import { HttpStub, type HttpStubOptions } from './http-stub.ts'

const DEADLINE = 10_000
const TRACE = `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01`
type Call = Extract<NewEvent, { kind: 'call' }>

/** A clock that goes on by one at each look. */
function counting(): Clock {
  let time = 0
  return { monotonic: () => time++, now: () => new Date(0) }
}

async function opened(eventId: EventIdSource = { header: 'eventId' }, more: Partial<HttpStubOptions> = {}) {
  const events: NewEvent[] = []
  const record = (event: NewEvent) => void events.push(event)
  const stub = await HttpStub.open({
    listener: await loopbackListener(),
    record,
    eventId,
    clock: counting(),
    ...more,
  })
  return {
    stub,
    events,
    calls: () => events.filter((event): event is Call => event.kind === 'call'),
    /** The status of an answer to a POST. */
    post: async (headers: Record<string, string> = {}, json: unknown = {}, path = '/charges?x=1') => {
      const request = { method: 'POST', headers, body: JSON.stringify(json) }
      return (await fetch(stub.url('host') + path, request)).status
    },
    [Symbol.asyncDispose]: () => stub[Symbol.asyncDispose](),
  }
}

describe('calls', () => {
  test('are answered 200 and written down: what was called, for which event, with which key, when', async () => {
    await using outside = await opened()
    assert.equal(await outside.post({ eventid: 'e-1', 'Idempotency-Key': 'k-1' }), 200)
    assert.equal((await fetch(outside.stub.url('host'))).status, 200)
    assert.deepEqual(outside.events, [
      {
        kind: 'call',
        stub: 'POST /charges',
        event: 'e-1',
        idempotencyKey: 'k-1',
        status: 200,
        startedAt: 0,
        endedAt: 1,
      },
      { kind: 'call', stub: 'GET /', idempotencyKey: null, status: 200, startedAt: 2, endedAt: 3 },
    ])
  })

  for (const [name, source, headers, json] of [
    ['a header', { header: 'eventId' }, { EVENTID: 'e-1' }, {}],
    ['a field of the header’s name', { header: 'eventId' }, {}, { eventId: 'e-1' }],
    ['a CloudEvents header', { cloudEvent: 'id' }, { 'ce-id': 'e-1' }, { id: 'other' }],
    ['a structured CloudEvent', { cloudEvent: 'id' }, {}, { id: 'e-1' }],
    ['a JSON path', { json: '$.meta.id' }, {}, { meta: { id: 'e-1' } }],
  ] as const) {
    test(`tell their event by ${name}`, async () => {
      await using outside = await opened(source)
      await outside.post(headers, json)
      assert.equal(outside.calls()[0]?.event, 'e-1')
    })
  }

  for (const [name, headers, json, event] of [
    ['its trace', { traceparent: TRACE, 'idempotency-key': 'fresh' }, {}, 'e-1'],
    ['its amount', { 'idempotency-key': 'fresh' }, { amount: 1_000_007 }, 'e-1'],
    ['a declared header', { reference: 'e-1' }, { amount: 1_000_014 }, 'e-1'],
    ['nothing of ours: what the request says', { eventId: 'e-7' }, {}, 'e-7'],
  ] as const) {
    test(`are attributed by ${name}, and answered as their event is to be`, async () => {
      const marks = new EventMarks()
      marks.add({ id: 'e-1', amount: 1_000_007, traceparent: TRACE })
      marks.add({ id: 'e-2', amount: 1_000_014, traceparent: TRACE.replaceAll('a', 'b') })
      await using outside = await opened({ header: 'eventId' }, { marks, event: { header: 'reference' } })
      outside.stub.answer(event, { status: 503 })
      assert.equal(await outside.post(headers, json), 503)
      assert.equal(outside.calls()[0]?.event, event)
    })
  }

  test('alerts that are refused at first reach nobody, and are taken when they come again', async () => {
    await using outside = await opened()
    let refused = 0
    outside.stub.refuseAlerts(2, () => refused++)
    const alert = () => outside.post({}, { alert: 'dead-letter', eventId: 'e-1' }, '/alerts')
    assert.deepEqual([await alert(), await alert(), await alert()], [503, 503, 200])
    assert.equal(refused, 2)
    assert.equal(outside.events.filter(({ kind }) => kind === 'alert').length, 1)
    outside.stub.refuseAlerts(5, () => refused++)
    outside.stub.takeAlerts()
    assert.equal(await alert(), 200)
  })

  test('of another event, or with what is no JSON, tell none; the key’s header can be chosen', async () => {
    await using outside = await opened({ json: '$.id' }, { idempotencyKey: 'X-Request-Id' })
    await fetch(outside.stub.url('host'), { method: 'PUT', body: '{', headers: { 'x-request-id': 'k' } })
    assert.partialDeepStrictEqual(outside.calls(), [{ stub: 'PUT /', idempotencyKey: 'k' }])
    assert.ok(!('event' in (outside.calls()[0] as Call)))
  })
})

describe('answers', () => {
  test('fail so many times, then no more; other events are not touched', async () => {
    await using outside = await opened()
    outside.stub.answer('e-1', { status: 503, times: 2 })
    const statuses: number[] = []
    for (const eventid of ['e-1', 'e-2', 'e-1', 'e-1', 'e-1']) statuses.push(await outside.post({ eventid }))
    assert.deepEqual(statuses, [503, 200, 503, 200, 200])
    assert.deepEqual(
      outside.calls().map(({ status }) => status),
      statuses,
    )
  })

  test('refuse for good until released; the idempotency key will do as a mark', async () => {
    await using outside = await opened()
    outside.stub.answer('k-1', { status: 422 })
    const key = { 'idempotency-key': 'k-1' }
    assert.deepEqual([await outside.post(key), await outside.post(key)], [422, 422])
    outside.stub.release('k-1')
    assert.equal(await outside.post(key), 200)
  })

  test('come late', async () => {
    await using outside = await opened()
    outside.stub.answer('e-1', { status: 504, delay: 50 })
    assert.equal(await outside.post({ eventid: 'e-1' }), 504)
  })

  test('do not come: seen while it hangs, answered when released', async () => {
    await using outside = await opened()
    outside.stub.answer('e-1', { hang: true, status: 201 })
    const call = outside.post({ eventid: 'e-1' })
    await outside.stub.waiting('e-1', DEADLINE)
    await outside.post({ eventid: 'e-2' })
    assert.equal(outside.calls().length, 1)
    outside.stub.release('e-1')
    assert.equal(await call, 201)
    await assert.rejects(outside.stub.waiting('e-1', 50), /outside call for e-1/)
  })

  test('another answer takes the place of one that hangs', async () => {
    await using outside = await opened()
    outside.stub.answer('e-1', { hang: true })
    const call = outside.post({ eventid: 'e-1' })
    await outside.stub.waiting('e-1', DEADLINE)
    outside.stub.answer('e-1', { status: 409 })
    assert.deepEqual([await call, await outside.post({ eventid: 'e-1' })], [200, 409])
  })

  for (const answer of [{ hang: true }, { delay: 60_000 }]) {
    test(`${Object.keys(answer)[0]}: a caller that gives up has status 0`, async () => {
      await using outside = await opened()
      outside.stub.answer('e-1', answer)
      const giveUp = new AbortController()
      const call = fetch(outside.stub.url('host'), { headers: { eventid: 'e-1' }, signal: giveUp.signal })
      await outside.stub.waiting('e-1', DEADLINE)
      giveUp.abort()
      await assert.rejects(call)
      const given = () => outside.calls()[0]
      const { status } = await until(given, { what: 'the call to be written down', deadline: DEADLINE })
      assert.equal(status, 0)
    })
  }

  test('a caller that goes away in the middle of its request has called too', async () => {
    await using outside = await opened()
    const { port } = new URL(outside.stub.url('host'))
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => {})
    socket.end('POST /charges HTTP/1.1\r\nhost: x\r\neventid: e-1\r\ncontent-length: 99\r\n\r\n{')
    const given = () => outside.calls()[0]
    const call = await until(given, { what: 'the call to be written down', deadline: DEADLINE })
    assert.deepEqual([call.event, call.status], ['e-1', 0])
  })

  test('what hangs does not keep the stub open', async () => {
    const outside = await opened()
    outside.stub.answer('e-1', { hang: true })
    const call = assert.rejects(outside.post({ eventid: 'e-1' }))
    await outside.stub.waiting('e-1', DEADLINE)
    await outside[Symbol.asyncDispose]()
    await call
  })
})

describe('alerts', () => {
  const alert = async (body: string, source?: EventIdSource) => {
    await using outside = await opened(source)
    const { ok } = await fetch(outside.stub.alertsUrl('host'), { method: 'POST', body })
    assert.ok(ok)
    assert.deepEqual(outside.calls(), [])
    return outside.events
  }

  test('with a name and the event that they are about', async () => {
    const body = JSON.stringify({ alert: 'dead-letter', key: 'p-1', eventId: 'e-1' })
    assert.deepEqual(await alert(body), [{ kind: 'alert', name: 'dead-letter', subject: 'e-1', body }])
  })

  test('each of those that Alertmanager sends together', async () => {
    const alerts = ['firing', 'resolved'].map((status) => ({ status, labels: { alertname: 'Lag' } }))
    assert.deepEqual(
      await alert(JSON.stringify({ version: '4', status: 'firing', alerts })),
      alerts.map((one) => ({ kind: 'alert', name: 'Lag', subject: one.status, body: JSON.stringify(one) })),
    )
  })

  test('of no form at all', async () => {
    assert.deepEqual(await alert('down!'), [{ kind: 'alert', name: 'unnamed', subject: '', body: 'down!' }])
  })
})
