import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CHECKERS } from '../../../proof/checkers/consume/checkers.ts'
import { ConsumerView } from '../../../proof/history/consumer-view.ts'
import { ConsumerHistory } from './builder.ts'
import type { PlanChange } from './plan.ts'

/** What a checker says: `held`, `unknown`, or the name of what it found. */
export function judged(checker: string, h: ConsumerHistory): string {
  const finding = CHECKERS.get(checker)?.check(new ConsumerView(h.events, h.plan))
  assert.ok(finding, `there is no checker ${checker}`)
  if (finding.kind === 'held' || finding.kind === 'unknown') return finding.kind
  const seqs = new Set(h.events.map(({ seq }) => seq))
  assert.ok(finding.witness.events.length > 0, 'a witness shows events')
  const foreign = finding.witness.events.filter((seq) => !seqs.has(seq))
  assert.deepEqual(foreign, [], 'a witness shows events of this history')
  const names = CHECKERS.get(checker)?.names
  assert.ok(names?.includes(finding.name), `${finding.name} is not among the names of ${checker}`)
  return finding.name
}

export type Row = readonly [
  what: string,
  expected: string,
  write: (h: ConsumerHistory) => void,
  plan?: PlanChange,
]

/** A table of histories and what the checker must say of each. Every history is seen to its end, unless it says so itself. */
export function table(checker: string, rows: readonly Row[]): void {
  for (const [what, expected, write, plan] of rows) {
    test(`${checker} ${expected}: ${what}`, () => {
      const h = new ConsumerHistory(plan)
      write(h)
      if (h.events.every(({ kind }) => kind !== 'scenario.end')) h.end()
      assert.equal(judged(checker, h), expected)
    })
  }
}
