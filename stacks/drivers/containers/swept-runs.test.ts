import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SweptRuns } from './swept-runs.ts'

test('the reaper knows each moment what is to go with us, and what is to stay', () => {
  const told: string[] = []
  const swept = new SweptRuns('own', (ids) => told.push(ids.join(' ')))
  swept.add('kept')
  swept.spare('kept')
  assert.deepEqual(told, ['own', 'own kept', 'own'])
  assert.deepEqual(swept.ids, ['own'])
})
