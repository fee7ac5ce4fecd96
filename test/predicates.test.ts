import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { consuming } from '../scenarios/consuming/kind.ts'
import { publishing } from '../scenarios/publishing/kind.ts'
import { scaling } from '../scenarios/scaling/kind.ts'
import { CONTROLS } from '../reports/controls.ts'
import { PREDICATES } from '../reports/predicates.ts'
import { WINDOWS } from '../scenarios/windows.ts'
import { read } from './source-tree.ts'

/** Of all kinds of subjects. */
const CHECKERS = new Map(
  [...publishing.checkers, ...consuming.checkers, ...scaling.checkers].map(([id, { names }]) => [
    id,
    { id, names },
  ]),
)

/** Rows of the tables by their id: `| OA1 no loss | … |`, `| W18-late | … |`, `| rolling-restart | … |`. */
const documented = new Map(
  [...read('docs/predicates.md').matchAll(/^\| ([A-Z]+\d+[a-z]?(?:-[a-z]+)*|[a-z]+(?:-[a-z]+)+) .*$/gm)].map(
    ([row, id = '']) => [id, row],
  ),
)

describe('docs/predicates.md', () => {
  it('has a row for each checker and each window, and for nothing else', () => {
    assert.deepEqual([...documented.keys()].sort(), [...CHECKERS.keys(), ...WINDOWS.keys()].sort())
  })

  it('names each violation that a checker can find, and none that it can not', () => {
    for (const { id, names } of CHECKERS.values()) {
      const violations = documented.get(id)?.split(' | ')[2] ?? ''
      const named = [...violations.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name)
      assert.deepEqual([...new Set(named)].sort(), [...names].sort(), id)
    }
  })

  it('is what the report tells of: the same predicates have a sentence for a reviewer', () => {
    assert.deepEqual(Object.keys(PREDICATES).sort(), [...CHECKERS.keys()].sort())
  })

  it('leaves no predicate without a control under which it is told', () => {
    const told = new Set(CONTROLS.flatMap(({ predicates }) => predicates))
    assert.deepEqual(
      [...CHECKERS.keys()].filter((id) => !told.has(id)),
      [],
    )
  })
})
