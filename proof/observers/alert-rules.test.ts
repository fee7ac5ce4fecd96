import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alertRule, RulesInvalid } from './alert-rules.ts'

const FILE = `groups:
  - name: lag # as it is meant
    interval: 15s
    rules:
      - record: lag:sum
        expr: sum(lag)
      - alert: ConsumerLag
        expr: lag:sum > 50
        for: 1m30s
        keep_firing_for: 10s
`

test('an alert’s times are read, and the text stays as it is', () => {
  assert.deepEqual(alertRule(FILE, 'ConsumerLag', 'rules.yml'), {
    for: 90_000,
    keepFiringFor: 10_000,
    interval: 15_000,
    text: FILE,
  })
})

test('a drill shortens nothing but its times', () => {
  const rule = alertRule(FILE, 'ConsumerLag', 'rules.yml', 2000)
  assert.equal(rule.for, 2000)
  assert.equal(rule.text, FILE.replace('1m30s', '2000ms').replace('    interval: 15s\n', ''))
})

test('a rule that is quicker than the drill stays so', () => {
  assert.equal(alertRule(FILE.replace('1m30s', '1s'), 'ConsumerLag', 'rules.yml', 2000).for, 1000)
})

for (const [what, text, name, said] of [
  ['an alert that is not there', FILE, 'ConsumerLags', /no alert 'ConsumerLags'; there is ConsumerLag/],
  ['no YAML', 'groups:\n  - [', 'ConsumerLag', /rules\.yml:2/],
  ['a time that is none', FILE.replace('1m30s', 'soon'), 'ConsumerLag', /found 'soon'/],
  ['a file without groups', 'alerts: []', 'ConsumerLag', /there are none/],
] as const) {
  test(`${what} is told with its place`, () => {
    assert.throws(
      () => alertRule(text, name, 'rules.yml'),
      (error: unknown) =>
        error instanceof RulesInvalid && said.test(`${error.detail.what} ${error.detail.where}`),
    )
  })
}
