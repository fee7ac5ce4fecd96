import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { expectedInstead } from './parse-value.ts'
import type { Parameter } from './scaler.ts'

const of = (rest: Partial<Parameter>): Parameter => ({ names: ['a'], from: ['triggerMetadata'], ...rest })

/** What is parsed of it · texts that are taken · texts that are not. */
const CASES: readonly (readonly [Parameter, readonly string[], readonly string[]])[] = [
  [of({}), ['', 'anything'], []],
  [
    of({ kind: 'int64' }),
    ['0', '-5', '9223372036854775807'],
    ['1.0', '1e3', '+1', '007', 'null', '9223372036854775808', 'x'],
  ],
  [of({ kind: 'uint32' }), ['0', '4294967295'], ['-1', '4294967296']],
  [of({ kind: 'float64' }), ['1', '-0.5', '1e3'], ['.5', '1.', '1e999', 'NaN', '0x1']],
  [of({ kind: 'bool' }), ['true', 'T', '1', 'False'], ['yes', 'on', 'tRue']],
  [of({ kind: 'duration' }), ['5s', '1m30s', '500', '0', '1.5h'], ['-5s', '-1', 'soon', '5 s']],
  [of({ kind: 'list' }), ['a', 'a,b', ''], []],
  [of({ kind: 'list int', range: '-' }), ['1', '1, 2', '1-3,5'], ['1-', 'a', '1-2-3', '1,,2']],
  [of({ kind: 'map' }), ['a=b', 'a=b, c=d'], ['a', 'a=b=c']],
  [of({ kind: 'query' }), ['a=b&c=d', 'a'], ['a=%zz', 'a;b']],
  [of({ enum: ['x', 'y'] }), ['x', 'x,y'], ['z', 'X']],
  [of({ kind: 'list', enum: ['x', 'y', 'z'], exclusive: ['x', 'y'] }), ['x,z'], ['x,y']],
]

describe('a value of trigger metadata', () => {
  for (const [parameter, taken, refused] of CASES) {
    it(`as ${parameter.kind ?? 'a text'}${parameter.enum ? ` of ${parameter.enum}` : ''}`, () => {
      for (const value of taken) assert.equal(expectedInstead(parameter, value), undefined, value)
      for (const value of refused) assert.notEqual(expectedInstead(parameter, value), undefined, value)
    })
  }
})
