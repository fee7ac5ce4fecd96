import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import reference from '../eventproof.config.ts'
import { sampleOf } from '../subjects/contract/fixture/sample.ts'
import { changed, errorOf, fieldsNamed } from '../subjects/contract/fixture/wrong-config.ts'
import { parseConfig, schemaOf } from '../subjects/contract/parse-config.ts'
import { declaredIn, SECTIONS } from './config.ts'
import { loadKinds, sectionsOf } from './kinds.ts'

describe('the reference config', () => {
  it('is valid', () => {
    const parsed = parseConfig(reference, 'eventproof.config.ts', SECTIONS)
    assert.deepEqual(parsed, reference)
    assert.deepEqual(declaredIn(parsed), reference)
  })
})

describe('the sections of a config', () => {
  it('are those of the kinds of subjects that come with us', async () => {
    assert.deepEqual(new Set(sectionsOf(await loadKinds())), new Set(SECTIONS))
  })
})

/** A config with every field there is, each right by itself. */
const { value, fields } = sampleOf(schemaOf(SECTIONS))

/** Of every type that a field may be meant to have. */
const OTHERS: readonly unknown[] = [7.5, '', [], { no: 'such field' }]

describe('each field of a config', () => {
  it('is tried', () => {
    const paths = fields.map(({ path }) => path.join('.'))
    assert.ok(
      paths.includes('publishers.one.outbox.parked') && paths.includes('consumers.one.retry.headers.offset'),
    )
    assert.ok(fields.length > 120, String(fields.length))
  })

  for (const { path, named, any, alternativeOf } of fields) {
    const field = path.join('.')
    if (!any) {
      it(`${field} is named where its value is of another type`, () => {
        const refused = OTHERS.map((other) => namedIn(field, other)).filter((names) => names.includes(field))
        // What one of the values means is a field inside, or a text that is right here.
        assert.ok(refused.length >= 2, JSON.stringify(OTHERS.map((other) => namedIn(field, other))))
      })
    }
    if (!named) continue
    it(`${field} is named where its name is misspelt`, () => {
      const misspelt = `${field}x`
      const error = errorOf(changed(changed(value as object, field, undefined), misspelt, 'a'), SECTIONS)
      // Where what is left of it fits none of several alternatives, the field that has them is named.
      const names = [misspelt, ...(alternativeOf ? [alternativeOf.join('.')] : [])]
      assert.ok(
        names.some((each) => fieldsNamed(error).includes(each)),
        error.detail.what,
      )
      if (!alternativeOf) assert.equal(error.detail.hint, `did you mean '${path.at(-1)}'?`)
    })
  }
})

function namedIn(field: string, other: unknown): string[] {
  return fieldsNamed(errorOf(changed(value as object, field, other), SECTIONS))
}
