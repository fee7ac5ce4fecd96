import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inVersions } from './versions.ts'

test('a version is in a range, or it is not', () => {
  for (const [range, inside, outside] of [
    ['3', [3], [2, 4]],
    ['0-12', [0, 12], [13]],
    ['9+', [9, 99], [8]],
    ['none', [], [0]],
    [undefined, [], [0]],
  ] as const) {
    for (const version of inside) assert.ok(inVersions(range, version), `${range} has ${version}`)
    for (const version of outside) assert.ok(!inVersions(range, version), `${range} has no ${version}`)
  }
})
