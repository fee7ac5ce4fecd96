import type { LintFinding } from '../../lint/finding.ts'
import { lintScaledObjects } from '../../lint/lint.ts'
import type { GeneratedCase } from './generated-case.ts'
import { UNTOLD } from './trigger-faults.ts'
import { agree, expectedVerdict, type Judged } from './verdict.ts'

export interface Disagreement {
  readonly name: string
  readonly faults: readonly string[]
  readonly linter: string
  readonly keda: string
  readonly findings: readonly string[]
  readonly text: string
}

/** Lints each case as one file. */
export function linted({ text, name }: GeneratedCase): readonly LintFinding[] {
  return lintScaledObjects([{ file: `${name}.yaml`, text }]).findings
}

/** The cases of which the linter says something else than what became of them. */
export function disagreements(cases: readonly GeneratedCase[], judged: readonly Judged[]): Disagreement[] {
  return cases.flatMap((each, i) => {
    const findings = linted(each)
    const expected = expectedVerdict(findings)
    const seen = judged[i]
    if (seen === undefined || agree(expected, seen, each.faults.includes(UNTOLD))) return []
    return [
      {
        name: each.name,
        faults: each.faults,
        linter: expected,
        keda: `${seen.verdict}: ${seen.said}`,
        findings: findings.map(({ rule, found, refusedBy = '' }) => `${rule} (${refusedBy}): ${found}`),
        text: each.text,
      },
    ]
  })
}
