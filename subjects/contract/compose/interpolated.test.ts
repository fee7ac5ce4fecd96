import assert from 'node:assert/strict'
import { test } from 'node:test'
import { interpolated } from './interpolated.ts'

const values = { NAME: 'shop', EMPTY: '' }

/** @param text with `%` for `$`, which would be a placeholder of TypeScript's */
function of(text: string, unset: (name: string) => void = () => {}): string {
  return interpolated(text.replaceAll('%', '$'), { values, unset })
}

test('variables are replaced as Docker Compose replaces them', () => {
  for (const [text, expected] of [
    ['%NAME-%{NAME}', 'shop-shop'],
    ['%{NAME:-other}', 'shop'],
    ['%{EMPTY:-other}', 'other'],
    ['%{EMPTY-other}', ''],
    ['%{NONE-other}', 'other'],
    ['%{NONE:-%{NAME:-x}.example}/y', 'shop.example/y'],
    ['%{NAME:+set}%{NONE:+set}%{EMPTY:+set}%{EMPTY+set}', 'setset'],
    ['%%NAME costs 5%%', '$NAME costs 5$'],
    ['nothing', 'nothing'],
  ] as const)
    assert.equal(of(text), expected, text)
})

test('a variable without a value is empty, and told', () => {
  const unset: string[] = []
  const value = of('a%{NONE}b%OTHER', (name) => unset.push(name))
  assert.equal(value, 'ab')
  assert.deepEqual(unset, ['NONE', 'OTHER'])
})

test('a variable that must be set is an error that says what its file says', () => {
  assert.throws(() => of('%{NONE:?set it to the tag}'), {
    code: 'EVENTPROOF_COMPOSE_UNFIT',
    message: 'the compose file needs the variable NONE',
    detail: {
      what: 'it is not set: set it to the tag',
      hint: 'set NONE in the environment, or in the file .env beside the compose file',
    },
  })
  assert.throws(() => of('%{EMPTY:?}'), { code: 'EVENTPROOF_COMPOSE_UNFIT' })
  assert.equal(of('%{EMPTY?}'), '')
})

test('what is no variable is refused', () => {
  for (const text of ['%', '5% each', '%{', '%{NAME', '%{1}', '%{NAME!x}'])
    assert.throws(() => of(text), { message: 'a variable of the compose file is not understood' }, text)
})
