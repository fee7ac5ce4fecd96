import { type Change, type ChangedViolation, compareRuns } from '../../reports/comparison.ts'
import { loadPanels } from '../../reports/load-panels.ts'
import { readRun } from '../../reports/read-run.ts'
import { findRun } from '../find-run.ts'
import type { Output } from '../output.ts'

interface Surroundings {
  readonly runs: string
  readonly cwd: string
  readonly output: Output
}

/**
 * What became better and what became worse from one run to another, from their directories alone. Exit code 1 where
 * anything is worse.
 */
export async function compareCommand(
  [earlier, later]: readonly [string, string],
  json: boolean,
  { runs, cwd, output }: Surroundings,
): Promise<number> {
  const panels = await loadPanels()
  const read = async (name: string) => (await readRun(findRun(name, runs, cwd), panels)).verdicts
  const [before, after] = [await read(earlier), await read(later)]
  const { changes, violations, worse } = compareRuns(before, after)
  if (json) {
    output.result(
      JSON.stringify({
        type: 'comparison',
        before: before.run,
        after: after.run,
        worse,
        changes,
        violations,
      }),
    )
  } else {
    for (const line of [...changes.map(changeLine), ...violations.map(violationLine)]) output.result(line)
    output.result(`${before.run} → ${after.run}: ${countsOf(changes, violations)}`)
  }
  return worse ? 1 : 0
}

const MARK = { better: '✓', worse: '✗', added: '+', gone: '−' } as const

function changeLine({ of, id, before, after, direction, reason }: Change): string {
  const verdicts = `${before ?? 'not there'} → ${after ?? 'not there'}`
  return `${MARK[direction]} ${of} ${id}: ${verdicts}${direction === 'worse' && reason ? `: ${reason}` : ''}`
}

function violationLine({ direction, name, subject, scenario, says }: ChangedViolation): string {
  return direction === 'found'
    ? `✗ ${name} of ${subject} is found now: ${says} (${scenario})`
    : `✓ ${name} of ${subject} is found no more (${scenario})`
}

function countsOf(changes: readonly Change[], violations: readonly ChangedViolation[]): string {
  const controls = changes.filter(({ of }) => of === 'control')
  const having = (direction: Change['direction']) =>
    controls.filter((each) => each.direction === direction).length
  const found = violations.filter(({ direction }) => direction === 'found').length
  return `${having('worse')} controls worse, ${having('better')} better, ${found} violations new, ${violations.length - found} gone`
}
