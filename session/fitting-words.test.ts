import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadKinds } from '../scenarios/kinds.ts'
import { vocabularyOf } from '../steps/vocabulary.ts'
import { checkWords } from './fitting-words.ts'
import type { PickleStep } from './pickle.ts'

const KINDS = await loadKinds()
const WORDS = await vocabularyOf(KINDS)

function check(kind: string, text: string, step: Partial<PickleStep> = {}, description = '') {
  const defined = [{ pattern: text, place: 'steps.ts:1' }]
  const pickle = {
    title: 'one',
    feature: 'x',
    uri: 'features/x.feature',
    root: '/here',
    line: 3,
    description,
    tags: [],
    steps: [{ text, type: 'Outcome', line: 7, defined, ...step }],
  }
  checkWords([{ id: 'one', pickle, subject: { kind, name: 'x' }, controls: [] }], KINDS, WORDS)
}

test('words of its own kind and steps of people’s own fit', () => {
  check('publishing', 'every committed order is published')
  check('publishing', 'something of our own')
})

const wrong: readonly [string, () => void, { what: RegExp; hint: RegExp }][] = [
  [
    'a misspelt step',
    () => check('publishing', 'every commited order is published', { defined: [] }),
    {
      what: /no step is defined for 'every commited/,
      hint: /did you mean 'every committed order is published'/,
    },
  ],
  [
    'a step that nobody defined',
    () => check('publishing', 'pigs fly', { defined: [] }),
    { what: /'pigs fly'/, hint: /own-features\.md/ },
  ],
  [
    'a step that two modules define',
    () =>
      check('publishing', 'it is so', {
        defined: [
          { pattern: 'it is so', place: 'a.ts:1' },
          { pattern: /it is/.source, place: 'b.ts:2' },
        ],
      }),
    { what: /'it is so' of a\.ts:1 and 'it is' of b\.ts:2/, hint: /leave one of them out/ },
  ],
  [
    'a claim about another kind',
    () => check('consuming', 'every committed order is published'),
    { what: /it knows the claims '/, hint: /another kind/ },
  ],
  [
    'a window of another kind, with a fault',
    () => check('consuming', '{fault} while a published record is not marked yet', { type: 'Action' }),
    { what: /it knows the windows '/, hint: /another kind|did you mean/ },
  ],
]

for (const [what, act, { what: says, hint }] of wrong) {
  test(`${what} is told with its line, what was expected and what to try`, () => {
    assert.throws(
      act,
      (error: { code?: string; detail?: { what: string; where?: string; hint?: string } }) => {
        assert.equal(error.code, 'EVENTPROOF_FEATURE_INVALID')
        assert.equal(error.detail?.where, 'features/x.feature:7')
        assert.match(error.detail?.what ?? '', says)
        assert.match(error.detail?.hint ?? '', hint)
        return true
      },
    )
  })
}

test('a misspelt keyword does not take a step away unseen', () => {
  const words = 'a published record is not marked yet'
  assert.throws(() => check('publishing', 'every committed order is published', {}, `  Wehn ${words}`), {
    code: 'EVENTPROOF_FEATURE_INVALID',
    message: 'a step has no keyword',
  })
  check(
    'publishing',
    'every committed order is published',
    {},
    'What happens when a record is not marked yet.',
  )
})
