import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redacted } from './redact.ts'
import { shown, trimmed } from './shown.ts'

const SECRETS: readonly [string, string][] = [
  ['postgres://admin:hunter2@127.0.0.1:5432/orders', 'postgres://***@127.0.0.1:5432/orders'],
  ['connect to "amqps://u:p/w?x@h:1" failed', 'connect to "amqps://***@h:1" failed'],
  ['https://hunter2@example.org/x', 'https://***@example.org/x'],
  ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=*** psql'],
  ['{"database.password":"hunter2","a":1}', '{"database.password":***,"a":1}'],
  [String.raw`{\"password\": \"hunter2\"}`, String.raw`{\"password\": ***}`],
  ['Authorization: Bearer hunter2hunter2', 'Authorization: Bearer ***'],
]

for (const [text, safe] of SECRETS) {
  test(`no credential is left in ${safe}`, () => {
    assert.equal(redacted(text), safe)
  })
}

test('text without credentials stays as it is', () => {
  for (const text of [
    'http://127.0.0.1:8080/orders?x=1',
    'a@b.example',
    'the basic guarantee: at least once',
    'order-7',
  ]) {
    assert.equal(redacted(text), text)
  }
})

test('a password is taken out before a text is cut', () => {
  assert.ok(!trimmed(`postgres://u:${'hunter2'.repeat(20)}@h/db`, 40).includes('hunter2'))
})

test('terminal sequences, controls, bidi marks and invisible characters are stripped', () => {
  assert.equal(shown('\u001b[31mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007'), 'red link')
  assert.equal(shown('a\u202eb\u2066c\u200bd\u0000e\u009bf\ufeffg\u{e0041}h'), 'abcdefgh')
  assert.equal(shown('half \ud800 pair'), 'half \ufffd pair')
  assert.equal(shown('한국어 ok\n\tnext'), '한국어 ok\n\tnext')
})
