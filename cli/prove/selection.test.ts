import assert from 'node:assert/strict'
import { test } from 'node:test'
import reference from '../../eventproof.config.ts'
import { loadKinds } from '../../scenarios/kinds.ts'
import { select } from './selection.ts'

const KINDS = await loadKinds()

const pickle = (title: string, tags: readonly string[]) => ({
  title,
  tags,
  uri: 'features/x.feature',
  line: 1,
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
  const pickles = [pickle('of all', ['C1', 'consumer']), pickle('of some', ['C1', 'consumer', 'offsets'])]
  assert.deepEqual(
    select(pickles, KINDS, config, [], 1).map(({ id }) => id),
    ['here-of-all', 'elsewhere-of-all', 'here-of-some'],
  )
})

test('a word is a control, a tag, or a feature: by its name, its folder or a part of its path', () => {
  const pickles = [
    { ...pickle('one', ['P1', 'W5', 'polling']), uri: 'features/publish/outbox-atomicity.feature' },
    { ...pickle('two', ['C1', 'consumer']), uri: 'features/consume/retry.feature' },
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
