import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CHECKERS } from '../../../proof/checkers/scale/checkers.ts'
import { ScalingView } from '../../../proof/history/scaling-view.ts'
import { ScalingHistory } from './builder.ts'
import type { PlanChange } from './plan.ts'

/** What a checker says: `held`, `unknown`, or the name of what it found. */
export function judged(checker: string, h: ScalingHistory): string {
  const finding = CHECKERS.get(checker)?.check(new ScalingView(h.events, h.plan))
  assert.ok(finding, `there is no checker ${checker}`)
  if (finding.kind === 'held' || finding.kind === 'unknown') return finding.kind
  const seqs = new Set(h.events.map(({ seq }) => seq))
  assert.ok(finding.witness.events.length > 0, 'a witness shows events')
  assert.ok(
    finding.witness.events.every((seq) => seqs.has(seq)),
    'a witness shows events of this history',
  )
  assert.ok(
    CHECKERS.get(checker)?.names.includes(finding.name),
    `${finding.name} is not a name of ${checker}`,
  )
  return finding.name
}

export type Row = readonly [
  what: string,
  expected: string,
  write: (h: ScalingHistory) => void,
  plan?: PlanChange,
]

/** A table of histories and what the checker must say of each. */
export function table(checker: string, rows: readonly Row[]): void {
  for (const [what, expected, write, plan] of rows) {
    test(`${checker} ${expected}: ${what}`, () => {
      const h = new ScalingHistory(plan)
      write(h)
      h.end()
      assert.equal(judged(checker, h), expected)
    })
  }
}
