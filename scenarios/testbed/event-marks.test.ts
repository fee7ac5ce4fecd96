import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventMarks } from './event-marks.ts'

const trace = (digit: string) => `00-${digit.repeat(32)}-${'0'.repeat(16)}-01`

function marked() {
  const marks = new EventMarks()
  marks.add({ id: 'e-1', amount: 1_000_007, traceparent: trace('a') })
  marks.add({ id: 'e-2', amount: 1_000_014, traceparent: trace('b') })
  return marks
}

for (const [says, headers, body, event] of [
  [
    'the trace, in a span of its own',
    { traceparent: `00-${'b'.repeat(32)}-${'9'.repeat(16)}-00` },
    '',
    'e-2',
  ],
  ['the amount, as a number', {}, '{"total":1000007}', 'e-1'],
  ['the amount, as text with decimals', {}, '{"total":{"value":"1000007.00"}}', 'e-1'],
  ['the amount in hundredths', {}, 'amount=100001400&currency=krw', 'e-2'],
  ['a trace of its own and the amount', { traceparent: trace('f') }, '{"total":1000007}', 'e-1'],
  ['two amounts', {}, '[1000007,1000014]', undefined],
  [
    'digits of a longer number, an id, a version',
    {},
    '{"a":10000071,"b":"x1000007-4","c":"1.1000007"}',
    undefined,
  ],
  ['nothing', {}, '{}', undefined],
] as const) {
  test(`a request with ${says} is made for ${event ?? 'no event of ours'}`, () => {
    assert.equal(marked().of({ headers, body }), event)
  })
}

test('an amount that two events share names none of them', () => {
  const marks = marked()
  marks.add({ id: 'e-3', amount: 1_000_007, traceparent: trace('c') })
  assert.equal(marks.of({ headers: {}, body: '1000007' }), undefined)
})

test('a declared text names an event by its id, its trace or its amount', () => {
  const marks = marked()
  assert.deepEqual(
    ['e-1', trace('b'), 'b'.repeat(32), '1000007', 'e-9', undefined].map((text) => marks.named(text)),
    ['e-1', 'e-2', 'e-2', 'e-1', undefined, undefined],
  )
})

test('the query counts as well', () => {
  assert.equal(marked().of({ headers: {}, body: '', query: 'sum=1000014' }), 'e-2')
})
