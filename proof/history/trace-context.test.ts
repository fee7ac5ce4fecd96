import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { traceContextOf } from './trace-context.ts'

const TRACE = 'a'.repeat(32)
const SPAN = 'b'.repeat(16)

describe('a traceparent', () => {
  for (const [what, text, sampled] of [
    ['of version 00', `00-${TRACE}-${SPAN}-01`, true],
    ['that is sampled out', `00-${TRACE}-${SPAN}-00`, false],
    ['with a flag that says that its id is random', `00-${TRACE}-${SPAN}-03`, true],
    ['of a later version', `01-${TRACE}-${SPAN}-01`, true],
    ['of a later version with more behind it', `01-${TRACE}-${SPAN}-00-what-the-future-brings`, false],
  ] as const)
    it(`${what} is read`, () => {
      assert.deepEqual(traceContextOf(text), { traceId: TRACE, spanId: SPAN, sampled })
    })

  for (const [what, text, says] of [
    ['nothing', '', /not version/],
    ['capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`, /lower-case/],
    ['a blank', ` 00-${TRACE}-${SPAN}-01`, /lower-case hex without blanks/],
    ['version ff', `ff-${TRACE}-${SPAN}-01`, /forbidden/],
    ['version 00 with more behind it', `00-${TRACE}-${SPAN}-01-x`, /ends with the flags/],
    ['a trace id of zero', `00-${'0'.repeat(32)}-${SPAN}-01`, /trace id is zero/],
    ['a parent id of zero', `00-${TRACE}-${'0'.repeat(16)}-01`, /parent id is zero/],
    ['a short trace id', `00-${TRACE.slice(1)}-${SPAN}-01`, /not version/],
    ['no flags', `00-${TRACE}-${SPAN}`, /not version/],
  ] as const)
    it(`is none: ${what}`, () => {
      assert.match(String(traceContextOf(text)), says)
    })
})
