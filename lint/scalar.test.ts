import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resolvePlain } from './scalar.ts'

describe('a plain scalar', () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [true, 'y Y yes Yes YES on On ON true True TRUE'],
    [false, 'n N no No NO off Off OFF false False FALSE'],
    [null, '~ null Null NULL'],
    [8, '010 0o10 8 8.0 +8 0x8 0b1000 0_10'],
    [-8, '-010 -8'],
    [10, '1_0 10 1e1'],
    [0.5, '.5 0.5 5e-1'],
  ]
  for (const [value, texts] of cases)
    it(`is ${value} as ${texts}`, () => {
      for (const text of texts.split(' ')) assert.equal(resolvePlain(text), value, text)
    })

  it('is a text where YAML 1.1 would see a time of day, a date or nothing of the kind', () => {
    for (const text of [
      '12:30',
      '2026-01-31',
      '1.2.3',
      '-',
      '+',
      '.',
      '1__',
      'yEs',
      'oN',
      'Null1',
      '0x',
      '5m',
    ])
      assert.equal(resolvePlain(text), text === '1__' ? 1 : text, text)
  })
})
