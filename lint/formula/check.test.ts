import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { wrongInFormula } from './check.ts'

const RIGHT = [
  'lag * 2',
  '(lag + rate) / 2',
  'max(lag, rate)',
  'lag > 5 ? lag : rate',
  'lag ?? rate',
  '(lag ?? 0) + 1',
  'float(lag)',
  'let half = lag / 2; half + rate',
  'if lag > 1 { lag } else { rate }',
  'count([lag, rate], # > 1)',
  '1 < lag < 3 ? 1 : 2',
  'lag | abs()',
  'int(lag) % 2',
  "'5'",
  'not (lag > 2) and rate in [1, 2] ? 1 : 0',
]

const WRONG: Readonly<Record<string, RegExp>> = {
  'lag +': /unexpected \)/,
  'backlog * 2': /backlog is the name of no trigger/,
  'lag-rate-x': /x is the name of no trigger/,
  'lag && rate': /&& between a number and a number/,
  'lag % 2': /% between/,
  'lag > 5': /float of a truth value/,
  'lag(1)': /lag is no function/,
  'fun(lag)': /name of no function/,
  'lag.a': /\.a of a number/,
  'lag[0]': /of a number/,
  '"a" + lag': /\+ between a text and a number/,
  'lag rate': /unexpected rate/,
  '(lag': /ends too early/,
  'lag ?? rate + 1': /beside \?\?/,
  'max()': /max of nothing/,
  'lag ? 1 : 2': /a number as a condition/,
  'lag $ 2': /./,
  'lag @ 2': /"@" means nothing/,
}

describe('a formula', () => {
  for (const formula of RIGHT)
    it(`${formula} is fine`, () => assert.equal(wrongInFormula(formula, ['lag', 'rate']), undefined))
  for (const [formula, said] of Object.entries(WRONG))
    it(`${formula} is wrong`, () => assert.match(wrongInFormula(formula, ['lag', 'rate']) ?? '', said))
})
