import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { antiPatternsFound } from '../../proof/anti-patterns-found.ts'
import type { EventOf, HistoryEvent } from '../../proof/history/event.ts'
import { readHistory } from '../../proof/history/reader.ts'
import { judge } from '../../proof/judge.ts'
import { ConsumerHistory } from '../consuming/fixture/builder.ts'
import { OUTPUTS } from '../consuming/fixture/plan.ts'
import { loadKinds } from '../kinds.ts'
import { ANTI_PATTERNS } from '../observation.ts'
import { HistoryBuilder, type Order } from '../publishing/fixture/builder.ts'

const KINDS = await loadKinds()
const KEYS = Array.from({ length: 14 }, (_, n) => `o-${n}`)

function found(...histories: (readonly HistoryEvent[])[]) {
  const scenarios = histories.map((events, n) => ({ ...judge(events, KINDS), id: `scenario-${n}` }))
  return new Map(antiPatternsFound(scenarios, ANTI_PATTERNS).map((each) => [each.id, each]))
}

/** Each key's order, lived by this. */
function publisher(live: (h: HistoryBuilder, key: string) => unknown, change = {}): readonly HistoryEvent[] {
  const h = new HistoryBuilder({ predicates: ['OA1'], ...change })
  h.client()
  for (const key of KEYS) live(h, key)
  return h.end()
}

function consumer(live: (h: ConsumerHistory) => unknown, change = {}): readonly HistoryEvent[] {
  const h = new ConsumerHistory({ predicates: ['IC1'], consumer: { outputs: OUTPUTS }, ...change })
  h.add(client(['shipped']))
  h.add({ kind: 'fact', name: 'topic.read', subject: 'orders', value: 'shipping' })
  live(h)
  return h.end()
}

const client = (topics: readonly string[]) =>
  ({
    kind: 'k.client',
    clientId: 'shipping',
    acks: -1,
    idempotent: true,
    transactional: false,
    apiVersion: 7,
    topics,
  }) as const satisfies Partial<EventOf<'k.client'>>

/** Published like this. */
const published = (change: (order: Order) => Partial<EventOf<'k.record'>>) =>
  publisher((h, key) => {
    const order = h.invoke(key)
    h.commitOrder(order)
    h.ok(order)
    h.publish(order, change(order))
    h.mark(order)
  })

const headers = ({ id }: Order, more: object) => ({
  eventId: id,
  ce_specversion: '1.0',
  ce_id: id,
  ce_source: '/orders',
  ce_type: 'OrderPlaced',
  ...more,
})

const goodPublisher = () => publisher((h, key) => h.order(key))
const goodConsumer = () =>
  consumer((h) => {
    h.handleAll(...KEYS)
    const again = h.handle('o-0')
    h.commit(h.copy(again))
    h.refuse(h.put('o-1', { expect: 'dead-letter', failures: -1, retriable: false }))
  })

/** What a life shows → the one anti-pattern that must be found in it, and no other. */
const BROKEN: Readonly<Record<string, () => readonly HistoryEvent[]>> = {
  'everything-as-events': () =>
    published((o) => ({ headers: headers(o, { kafka_replyTopic: 'order-replies' }) })),
  'exposed-schema': () =>
    publisher((h, key) => {
      const order = h.invoke(key)
      const row = { id: key, amount: `${order.amount}.00`, customer_id: 'c', updated_at: 'now' }
      h.commit([{ table: 'orders', op: 'insert', after: row }, h.outboxRow(order)], order.xid)
      h.publish(order, { value: JSON.stringify(row) })
    }),
  'order-over-reliance': () => published(() => ({ key: 'all', partition: 0 })),
  'chatty-events': () =>
    publisher((h, key) => {
      const order = h.invoke(key)
      const parts = [0, 1, 2, 3].map((n) => ({ ...order, id: `${order.id}-${n}` }))
      h.commit([h.stateRow(order), ...parts.map((part) => h.outboxRow(part))], order.xid)
      for (const part of parts) h.publish(part)
    }),
  'direct-publish': () =>
    publisher((h, key) => {
      const order = h.invoke(key)
      h.commit([h.stateRow(order)], order.xid)
      h.publish(order)
    }),
  'fat-events': () => published(() => ({ valueBytes: 200_000 })),
  'one-topic-for-everything': () =>
    published((o) => ({ headers: headers(o, { ce_source: o.key === 'o-1' ? '/customers' : '/orders' }) })),
  'no-idempotency': () =>
    consumer((h) => {
      const event = h.handle('o-0')
      h.commit(h.copy(event))
      h.apply(event, 999)
    }),
  'no-dead-letters': () =>
    consumer((h) => {
      const event = h.put('o-0', { expect: 'dead-letter', failures: -1 })
      h.attempt(event, true).commit(event)
    }),
  'way-back': () =>
    consumer((h) => {
      const event = h.handle('o-0')
      h.record('orders', { ...event, id: 'its-own' })
    }),
}

test('every one of the folder has a life in which it must be found', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter(
    (name) => !/test|^(anti-pattern|own-events)\./.test(name),
  )
  assert.deepEqual(files.map((name) => name.replace('.ts', '')).sort(), Object.keys(BROKEN).sort())
  assert.deepEqual(ANTI_PATTERNS.map(({ id }) => id).sort(), Object.keys(BROKEN).sort())
})

describe('an anti-pattern', () => {
  for (const [id, live] of Object.entries(BROKEN)) {
    it(`${id} is found where it is, with its events, and nothing else is`, () => {
      const history = live()
      const all = found(history)
      const names = [...all.values()].filter(({ state }) => state === 'found').map((each) => each.id)
      assert.deepEqual(names, [id])
      const [first] = all.get(id)?.found ?? []
      assert.ok(first && first.value >= (all.get(id)?.threshold.value ?? 0))
      assert.ok(first.events.every((seq) => history.some((event) => event.seq === seq)))
      assert.ok(first.events.length > 0 && first.says.length > 0)
    })
  }

  it('is not found in good services, which were looked at for each', () => {
    for (const { id, state, says } of found(goodPublisher(), goodConsumer()).values())
      assert.equal(state, 'absent', `${id}: ${says}`)
  })

  it('is not there only where it was looked for', () => {
    const nothing = found(publisher(() => undefined))
    for (const { id, state, says } of nothing.values()) {
      if (id === 'way-back') continue
      assert.equal(state, 'not-looked-at', id)
      assert.ok(says.length > 0)
    }
    assert.equal(found().get('fat-events')?.state, 'not-looked-at')
  })

  it('is found from the config’s own threshold on', () => {
    const scenarios = [judge(goodPublisher(), KINDS)]
    const state = (threshold: number) =>
      antiPatternsFound(scenarios, ANTI_PATTERNS, { 'fat-events': threshold }).find(
        ({ id }) => id === 'fat-events',
      )?.state
    assert.equal(state(5), 'found')
    assert.equal(state(500_000), 'absent')
  })
})

test('what is said of one order says whether a key makes it', () => {
  const says = (key: string | null) =>
    found(published(() => ({ key, partition: 0 }))).get('order-over-reliance')?.found[0]?.says ?? ''
  assert.match(says('all'), /under one key$/)
  assert.match(says(null), /without a key$/)
})

describe('the way back', () => {
  it('is found over two services, and by a call that changes something', () => {
    const back = consumer((h) => void h.handle('o-0'), {
      consumer: {
        outputs: { ...OUTPUTS, topic: 'order-events' },
        topic: 'shipped-first',
        service: 'shipping',
      },
    })
    assert.equal(found(back).get('way-back')?.state, 'absent')
    const calls = (request: string) =>
      consumer(
        (h) => {
          const event = h.handle('o-0')
          h.add({
            kind: 'call',
            stub: request,
            event: event.id,
            idempotencyKey: null,
            status: 200,
            startedAt: 1,
            endedAt: 2,
          })
        },
        { consumer: { service: 'shipping', topic: 'order-events', outputs: undefined } },
      )
    const orders = publisher((h, key) => h.order(key), {
      publisher: { service: 'orders', takes: ['PUT /orders/{key}'] },
    })
    assert.equal(found(orders, calls('GET /orders/17')).get('way-back')?.state, 'absent')
    assert.equal(found(orders, calls('PUT /payments/17')).get('way-back')?.state, 'absent')
    const put = found(orders, calls('PUT /orders/17')).get('way-back')
    assert.equal(put?.state, 'found')
    assert.match(put?.says ?? '', /orders → order-events → shipping → PUT \/orders\/17 → orders/)
  })
})

describe('what twins did on the real stack', () => {
  for (const [name, expected] of [
    ['two-domains', ['one-topic-for-everything']],
    ['structured', []],
  ] as const)
    it(`${name}: ${expected.join(', ') || 'nothing'}`, async () => {
      const path = fileURLToPath(new URL(`../predicates/fixture/stored/${name}.ndjson`, import.meta.url))
      const { scenarios } = await readHistory(path)
      const all = [...found(...scenarios.values()).values()]
      assert.deepEqual(
        all.filter(({ state }) => state === 'found').map(({ id }) => id),
        expected,
      )
    })
})
