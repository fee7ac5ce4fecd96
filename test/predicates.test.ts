import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CONTROLS } from '../reports/controls.ts'
import { PREDICATES as TOLD } from '../reports/predicates.ts'
import { consuming } from '../scenarios/consuming/kind.ts'
import { publishing } from '../scenarios/publishing/kind.ts'
import { scaling } from '../scenarios/scaling/kind.ts'
import { WINDOWS } from '../scenarios/windows.ts'
import { read } from './source-tree.ts'

/** Of all kinds of subjects. */
const PREDICATES = new Map(
  [...publishing.predicates, ...consuming.predicates, ...scaling.predicates].map(([id, { names }]) => [
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
  it('has a row for each predicate and each window, and for nothing else', () => {
    assert.deepEqual([...documented.keys()].sort(), [...PREDICATES.keys(), ...WINDOWS.keys()].sort())
  })

  it('names each violation that a predicate can find, and none that it can not', () => {
    for (const { id, names } of PREDICATES.values()) {
      const violations = documented.get(id)?.split(' | ')[2] ?? ''
      const named = [...violations.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name)
      assert.deepEqual([...new Set(named)].sort(), [...names].sort(), id)
    }
  })

  it('is what the report tells of: the same predicates have a sentence for a reviewer', () => {
    assert.deepEqual(Object.keys(PREDICATES).sort(), [...PREDICATES.keys()].sort())
  })

  it('leaves no predicate without a control under which it is told', () => {
    const told = new Set(CONTROLS.flatMap(({ predicates }) => predicates))
    assert.deepEqual(
      [...PREDICATES.keys()].filter((id) => !told.has(id)),
      [],
    )
  })
})
