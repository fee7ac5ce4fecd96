import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withTables } from '../packaging/predicate-tables.ts'
import { CONTROLS } from '../reports/controls.ts'
import { judging, predicatesOf } from '../reports/predicate-words.ts'
import { loadKinds } from '../scenarios/kinds.ts'
import { read } from './source-tree.ts'

const kinds = await loadKinds()
const PREDICATES = predicatesOf(kinds)

describe('docs/predicates.md', () => {
  it('has the words of each predicate and each window: `npm run docs` writes its tables', () => {
    const document = read('docs/predicates.md')
    assert.equal(document, withTables(document, kinds))
  })

  it('says of each window what holds it open and what shows that it was', () => {
    const silent = [...kinds.values()].flatMap(({ windows }) =>
      [...windows.values()].filter(({ held, shown }) => held === undefined || shown === undefined),
    )
    assert.deepEqual(
      silent.map(({ id }) => id),
      [],
    )
  })

  it('is refused where a predicate or a window is in none of its tables', () => {
    assert.throws(() => withTables('', kinds), /no table has a row for .*IC1/)
    assert.throws(() => withTables('<!-- windows: clocks -->\n<!-- end -->', kinds), /'clocks'/)
  })

  it('leaves no predicate without a control under which it is told', () => {
    const told = new Set(CONTROLS.flatMap(({ id }) => judging(id, PREDICATES)).map(({ id }) => id))
    assert.deepEqual(
      [...PREDICATES.keys()].filter((id) => !told.has(id)),
      [],
    )
  })
})
