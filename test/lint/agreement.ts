import type { LintFinding } from '../../lint/finding.ts'
import { SCALERS } from '../../lint/keda/scaler.ts'
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

/**
 * Keys of metadata that one of the two takes for unread. KEDA's own list is coarse: it has those that a scaler reads
 * beside its typed config, and those with an empty text; of `…FromEnv` it only looks at what stands before that.
 */
export function keysInDispute(
  cases: readonly GeneratedCase[],
  judged: readonly Judged[],
  unread: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  return cases.flatMap((each, i) => {
    // Only then each of its triggers was parsed to the end.
    if (judged[i]?.verdict !== 'taken') return []
    const own = new Set(
      linted(each).flatMap(({ rule, found }) =>
        rule === 'trigger-key' ? (/ (\S+)$/.exec(found)?.[1] ?? []) : [],
      ),
    )
    const theirs = unread.get(`${each.namespace}/${each.name}`) ?? new Set()
    const alarms = [...own]
      .filter((key) => !theirs.has(key) && !key.endsWith('FromEnv'))
      .map((key) => `${each.name}: KEDA reads ${key}`)
    const passed = [...theirs]
      .filter((key) => !own.has(key) && !READ_BY_HAND.has(key) && !each.text.includes(`${key}: ""`))
      .map((key) => `${each.name}: KEDA reads no ${key}`)
    return [...alarms, ...passed]
  })
}

const READ_BY_HAND = new Set([...SCALERS.values()].flatMap(({ reads = [] }) => reads))
