import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { whereTheyDiffer } from './where-they-differ.ts'

describe('two values that differ', () => {
  it('are shown whole where they are short', () => {
    assert.deepEqual(whereTheyDiffer('HELD', undefined), ['"HELD"', 'nothing'])
  })

  it('are cut to where they begin to differ', () => {
    const alike = 'alike '.repeat(40)
    assert.deepEqual(whereTheyDiffer({ says: `${alike}one` }, { says: `${alike}two` }), [
      '…e alike alike alike one"}',
      '…e alike alike alike two"}',
    ])
    assert.deepEqual(whereTheyDiffer({ alike, says: 1 }, { says: 2, alike }), [
      '…like alike ","says":1}',
      '…like alike ","says":2}',
    ])
  })
})
