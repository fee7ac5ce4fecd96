import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CONTROLS } from '../reports/controls.ts'
import { judging, predicatesOf } from '../reports/predicate-words.ts'
import { loadKinds } from '../scenarios/kinds.ts'
import { read } from './source-tree.ts'

const kinds = await loadKinds()
const PREDICATES = predicatesOf(kinds)
const WINDOWS = new Map([...kinds.values()].flatMap(({ windows }) => [...windows]))

/** Rows of the tables by their id: `| OA1 no loss | … |`, `| W18-late | … |`, `| rolling-restart | … |`. */
const documented = new Map(
  [...read('docs/predicates.md').matchAll(/^\| ([A-Z]+\d+[a-z]?(?:-[a-z]+)*|[a-z]+(?:-[a-z]+)+) .*$/gm)].map(
    ([row, id = '']) => [id, row],
  ),
)

describe('docs/predicates.md', () => {
  it('has a row for each predicate and each window, and for nothing else', () => {
    assert.deepEqual([...documented.keys()].sort(), [...PREDICATES.keys(), ...WINDOWS.keys()].sort())
  })

  it('names each violation that a predicate can find, and none that it can not', () => {
    for (const { id, violations: found } of PREDICATES.values()) {
      const violations = documented.get(id)?.split(' | ')[2] ?? ''
      const named = [...violations.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name)
      assert.deepEqual([...new Set(named)].sort(), Object.keys(found).sort(), id)
    }
  })

  it('leaves no predicate without a control under which it is told', () => {
    const told = new Set(CONTROLS.flatMap(({ id }) => judging(id, PREDICATES)).map(({ id }) => id))
    assert.deepEqual(
      [...PREDICATES.keys()].filter((id) => !told.has(id)),
      [],
    )
  })
})
