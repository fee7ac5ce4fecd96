import assert from 'node:assert/strict'
import { test } from 'node:test'
import reference from '../eventproof.config.ts'
import { loadKinds } from '../scenarios/kinds.ts'
import { FeatureInvalid } from './feature-invalid.ts'
import type { Pickle } from './pickle.ts'
import { select } from './selection.ts'
import { notDeclared } from './undeclared.ts'

const KINDS = await loadKinds()
const PUBLISHER = 'the publisher under test is taking orders'
const CONSUMER = 'the consumer under test is handling events'

const pickle = (title: string, tags: readonly string[], given = PUBLISHER): Pickle => ({
  title,
  feature: 'x',
  tags,
  uri: 'features/x.feature',
  root: '/here',
  line: 1,
  description: '',
  steps: [{ text: given, type: 'Context', line: 2, defined: [{ pattern: given, place: 'steps.ts:1' }] }],
})

test('a scenario that names a topic is for those whose topic it is', () => {
  const { orders } = reference.publishers ?? {}
  assert.ok(orders)
  const config = {
    services: reference.services,
    publishers: { here: orders, elsewhere: { ...orders, topic: 'invoices' } },
  }
  const pickles = [pickle('of one', ['P1', 'polling', 'topic=order-events'])]
  assert.deepEqual(
    select(pickles, KINDS, config, [], 1).map(({ id }) => id),
    ['here-of-one'],
  )
})

test('who keeps positions in a database of its own is not asked for offsets', () => {
  const { fulfillment } = reference.consumers ?? {}
  assert.ok(fulfillment)
  const config = {
    services: reference.services,
    consumers: { here: fulfillment, elsewhere: { ...fulfillment, progress: 'own' as const } },
  }
  const pickles = [
    pickle('of all', ['C1', 'consumer'], CONSUMER),
    pickle('of some', ['C1', 'consumer', 'offsets'], CONSUMER),
  ]
  assert.deepEqual(
    select(pickles, KINDS, config, [], 1).map(({ id }) => id),
    ['here-of-all', 'elsewhere-of-all', 'here-of-some'],
  )
})

test('a word is a control, a tag, or a feature: by its name, its folder or a part of its path', () => {
  const pickles = [
    { ...pickle('one', ['P1', 'W5', 'polling']), uri: 'features/publish/outbox-atomicity.feature' },
    { ...pickle('two', ['C1', 'consumer'], CONSUMER), uri: 'features/consume/retry.feature' },
  ]
  const chosen = (word: string) => [
    ...new Set(select(pickles, KINDS, reference, [word], 1).map((one) => one.pickle.title)),
  ]
  for (const word of [
    'P1',
    'p1',
    '@W5',
    'outbox-atomicity',
    'publish',
    'publish/outbox',
    'outbox-atomicity.feature',
  ])
    assert.deepEqual(chosen(word), ['one'], word)
  for (const word of ['outbox', 'features', '@publish', 'P9'])
    assert.throws(() => chosen(word), { code: 'EVENTPROOF_USAGE' }, word)
})

test('without tags a scenario is for every subject of the kind that its Given names, or for the named one', () => {
  const orders = reference.publishers?.orders
  const config = { services: reference.services, publishers: { a: orders, b: orders } } as typeof reference
  const chosen = (...tags: string[]) =>
    select([pickle('own', tags)], KINDS, config, [], 1).map(({ id }) => id)
  assert.deepEqual(chosen(), ['a-own', 'b-own'])
  assert.deepEqual(chosen('subject=b'), ['b-own'])
  assert.deepEqual(chosen('debezium'), [])
})

test('scenarios of one title have ids of their own', () => {
  const two = [pickle('own', ['polling']), pickle('own', ['polling'])]
  assert.deepEqual(
    select(two, KINDS, reference, [], 1).map(({ id }) => id),
    ['orders-own', 'orders-own-no-2'],
  )
})

test('a scenario that names no kind of subject is told with its place, and what it could say', () => {
  assert.throws(
    () => select([pickle('lost', [], 'something is there')], KINDS, reference, [], 1),
    (error) => {
      assert.ok(error instanceof FeatureInvalid)
      assert.equal(error.detail.where, 'features/x.feature:1')
      assert.match(error.detail.what, /'Given the publisher under test is taking orders'/)
      return true
    },
  )
})

test('the name of a subject leaves the others out, as a word or as an option', () => {
  const pickles = [pickle('one', ['P1']), pickle('two', ['C1'], CONSUMER), pickle('three', ['C2'], CONSUMER)]
  const chosen = (...words: string[]) => select(pickles, KINDS, reference, words, 1).map(({ id }) => id)
  assert.deepEqual(chosen('C1', 'subject=payment'), ['payment-two'])
  assert.deepEqual(chosen('payment'), ['payment-two', 'payment-three'])
  assert.deepEqual(chosen('C1', 'C2', 'payment'), ['payment-two', 'payment-three'])
  assert.deepEqual(chosen('orders', 'payment'), ['orders-one', 'payment-two', 'payment-three'])
  assert.throws(() => chosen('P1', 'payment'), {
    code: 'EVENTPROOF_USAGE',
    message: /no scenario of P1 is about payment/,
  })
  assert.throws(() => chosen('subject=paymet'), /declares no subject called paymet/)
})

test('what a subject would have to declare for all that was asked for is told; without anything to run it is an error', () => {
  const { payment, fulfillment } = reference.consumers ?? {}
  assert.ok(payment && fulfillment)
  const config = { services: reference.services, consumers: { fulfillment } }
  const retry = pickle('one', ['C2', 'retry'], CONSUMER)
  const notes: unknown[] = []
  const note = (undeclared: unknown) => notes.push(undeclared)
  const all = [retry, pickle('two', ['C2', 'without-retry'], CONSUMER)]
  assert.deepEqual(
    select(all, KINDS, config, ['C2'], 1, note).map(({ id }) => id),
    ['fulfillment-two'],
  )
  assert.deepEqual(notes, [[{ field: 'consumers.fulfillment.retry', scenarios: 1 }]])
  assert.throws(() => select([retry], KINDS, config, ['C2'], 1), {
    code: 'EVENTPROOF_USAGE',
    message: 'no scenario of C2 is about a subject of this config',
  })
  const both = { ...config, consumers: { payment, fulfillment } }
  assert.deepEqual(
    select(all, KINDS, both, ['C2'], 1).map(({ id }) => id),
    ['payment-one', 'fulfillment-two'],
  )
})

test('a control of subjects that the config has none of says where they are declared', () => {
  const config = { services: reference.services, consumers: reference.consumers ?? {} }
  assert.throws(() => select([pickle('one', ['P1'])], KINDS, config, ['P1'], 1), {
    code: 'EVENTPROOF_USAGE',
    detail: {
      what: 'the config declares none in publishers',
      hint: 'docs/subject-contract.md says how one is declared',
    },
  })
})

test('a control that is judged by name is one of a scenario where it is named, or nothing is, or there is no other', () => {
  const pickles = [pickle('one', ['P1', 'D2', 'polling'])]
  const controls = (...words: string[]) => select(pickles, KINDS, reference, words, 1)[0]?.controls
  assert.deepEqual(controls(), ['P1', 'D2'])
  assert.deepEqual(controls('P1'), ['P1'])
  assert.deepEqual(controls('@polling', 'd2'), ['P1', 'D2'])
  const [alone] = select([pickle('two', ['D2', 'polling'])], KINDS, reference, ['@polling'], 1)
  assert.deepEqual(alone?.controls, ['D2'])
})

test('a control that is about nothing of this config says what to declare for it', () => {
  const { 'orders-avro': _, ...publishers } = reference.publishers ?? {}
  const config = { ...reference, publishers }
  const pickles = [pickle('one', ['P1', 'polling']), pickle('ids', ['D3', 'registry'])]
  const selected = select(pickles, KINDS, config, [], 1)
  const asked = { pickles, controls: ['P1', 'D3', 'O2'] }
  assert.deepEqual(
    notDeclared(asked, selected, KINDS, config).map(({ controls, because }) => `${controls}: ${because}`),
    ['D3: the config does not declare publishers.orders.registry or publishers.orders-cdc.registry'],
  )
  const { fulfillment } = reference.consumers ?? {}
  assert.ok(fulfillment)
  const reading = { services: reference.services, consumers: { fulfillment } }
  const read = { pickles: [pickle('read', ['D3', 'consumer', 'event-registry'], CONSUMER)], controls: ['D3'] }
  assert.deepEqual(
    notDeclared(read, [], KINDS, reading).map(({ because }) => because),
    ['the config does not declare consumers.fulfillment.event.registry'],
  )
})

test('events are spoiled only where the config says which column holds them, and else that is told', () => {
  const { orders } = reference.publishers ?? {}
  assert.ok(orders?.outbox)
  const { payload: _, ...outbox } = orders.outbox
  const config = { services: reference.services, publishers: { orders: { ...orders, outbox } } }
  const pickles = [
    pickle('spoiled', ['P1', 'polling', 'outbox', 'A11']),
    pickle('damaged', ['D2', 'debezium', 'outbox']),
  ]
  const selected = select(pickles, KINDS, config, [], 1)
  assert.deepEqual(selected, [])
  assert.deepEqual(
    notDeclared({ pickles, controls: ['P1', 'D2'] }, selected, KINDS, config).map(({ because }) => because),
    ['the config does not declare publishers.orders.outbox.payload'],
  )
})

test('a publisher is asked about the controls that it declares', () => {
  const pickles = [pickle('one', ['P1', 'polling']), pickle('ids', ['D3', 'registry'])]
  const chosen = select(pickles, KINDS, reference, [], 1).map(({ subject, controls }) => [
    subject.name,
    ...controls,
  ])
  assert.deepEqual(chosen, [
    ['orders', 'P1'],
    ['orders-avro', 'D3'],
  ])
})

test('a word that selects nothing beside others is told', () => {
  const pickles = [pickle('polled', ['P1', 'polling']), pickle('captured', ['W26', 'debezium'])]
  const { orders } = reference.publishers ?? {}
  assert.ok(orders)
  const config = { services: reference.services, publishers: { orders } }
  const idle: unknown[] = []
  const selected = select(pickles, KINDS, config, ['P1', 'W26'], 1, (_, words) => idle.push(words))
  assert.equal(selected.length, 1)
  assert.deepEqual(idle, [['W26']])
})
