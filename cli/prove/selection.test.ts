import assert from 'node:assert/strict'
import { test } from 'node:test'
import reference from '../../eventproof.config.ts'
import { select } from './selection.ts'

const pickle = (title: string, tags: readonly string[]) => ({
  title,
  tags,
  uri: 'features/x.feature',
  line: 1,
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
    select(pickles, config, [], 1).map(({ id }) => id),
    ['here-of-all', 'elsewhere-of-all', 'here-of-some'],
  )
})
