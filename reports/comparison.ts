import type { Verdicts } from '../proof/judgement.ts'
import { compareVerdicts, type VerdictName } from '../proof/verdict.ts'

/** What differs between two runs, as far as it is better or worse. */
export interface Comparison {
  /** Controls and scenarios that both runs judged, and those that only one of them did. */
  readonly changes: readonly Change[]
  /** Violations that one run found and the other one did not. */
  readonly violations: readonly ChangedViolation[]
  /** Whether anything is worse than before. */
  readonly worse: boolean
}

export interface Change {
  readonly of: 'control' | 'scenario'
  readonly id: string
  /** Undefined where that run has none of this id. */
  readonly before: VerdictName | undefined
  readonly after: VerdictName | undefined
  readonly direction: 'better' | 'worse' | 'added' | 'gone'
  /** Why the later one is not HELD; empty when it is, or where it is gone. */
  readonly reason: string
}

export interface ChangedViolation {
  readonly direction: 'found' | 'gone'
  readonly name: string
  readonly subject: string
  /** The first scenario that found it. */
  readonly scenario: string
  readonly says: string
}

/**
 * What became better and what became worse from one run to another. A control is worse where its verdict weighs more;
 * a violation of a name and subject that was not found before is worse also under the same verdict. A scenario that is
 * only in one of the runs is told, and is neither: its control says what it costs.
 */
export function compareRuns(before: Verdicts, after: Verdicts): Comparison {
  const changes = [
    ...changesOf('control', before.controls, after.controls),
    ...changesOf('scenario', before.scenarios, after.scenarios),
  ]
  const [then, now] = [violationsOf(before), violationsOf(after)]
  const violations = [
    ...without(now, then).map((each) => ({ direction: 'found', ...each }) as const),
    ...without(then, now).map((each) => ({ direction: 'gone', ...each }) as const),
  ]
  const worse =
    changes.some(({ direction }) => direction === 'worse') ||
    violations.some(({ direction }) => direction === 'found')
  return { changes, violations, worse }
}

interface Judged {
  readonly id: string
  readonly verdict: VerdictName
  readonly reason: string
}

function changesOf(of: Change['of'], before: readonly Judged[], after: readonly Judged[]): Change[] {
  const then = new Map(before.map((each) => [each.id, each]))
  const now = new Map(after.map((each) => [each.id, each]))
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((id): Change[] => {
    const [was, is] = [then.get(id), now.get(id)]
    const direction = directionOf(was?.verdict, is?.verdict)
    if (direction === undefined) return []
    return [{ of, id, before: was?.verdict, after: is?.verdict, direction, reason: is?.reason ?? '' }]
  })
}

function directionOf(
  was: VerdictName | undefined,
  is: VerdictName | undefined,
): Change['direction'] | undefined {
  if (was === undefined) return 'added'
  if (is === undefined) return 'gone'
  const difference = compareVerdicts(is, was)
  return difference === 0 ? undefined : difference > 0 ? 'worse' : 'better'
}

type Violation = Omit<ChangedViolation, 'direction'>

/** By name and subject, each once. */
function violationsOf({ scenarios }: Verdicts): Map<string, Violation> {
  const found = new Map<string, Violation>()
  for (const { id, subject, violations } of scenarios) {
    for (const { name, counterexample } of violations) {
      const key = JSON.stringify([name, subject])
      if (!found.has(key)) found.set(key, { name, subject, scenario: id, says: counterexample.says })
    }
  }
  return found
}

function without(these: ReadonlyMap<string, Violation>, those: ReadonlyMap<string, Violation>): Violation[] {
  return [...these].filter(([key]) => !those.has(key)).map(([, violation]) => violation)
}
