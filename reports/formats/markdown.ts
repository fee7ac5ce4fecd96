import { antiPatternCounts, antiPatternSays, STATES } from '../anti-patterns.ts'
import { boundInWords } from '../bound.ts'
import { STAGES } from '../controls.ts'
import { declaredLines } from '../declared-lines.ts'
import type { FeatureReport } from '../features.ts'
import { code, table, text, titled } from '../markdown-text.ts'
import type { Story } from '../panels.ts'
import { payloadOf } from '../payload.ts'
import type { ControlReport, Report, ViolationReport } from '../report.ts'
import { scope, summary } from '../summary.ts'
import { count, duration, utc } from '../words.ts'
import { format } from './format.ts'

/** The report for a pull request or a terminal: the same content without the pictures. */
export const markdown = format({ file: 'report.md', of: markdownOf })

export function markdownOf(report: Report): string {
  const { run, verdicts } = report
  return blocks([
    `# ${text(verdicts.verdict)}${verdicts.interrupted ? ' (interrupted)' : ''}: ${text(summary(report))}`,
    text(scope(report)),
    table(
      ['Run', 'Started', 'Took', 'Commit', 'Tool', 'Seed', 'Evidence root'],
      [
        [
          run.id,
          utc(run.startedAt),
          duration(run.startedAt, run.endedAt),
          run.git ? `${run.git.commit.slice(0, 12)}${run.git.dirty ? ' with local changes' : ''}` : 'none',
          `${run.tool.name} ${run.tool.version}`,
          run.seed,
          report.evidence,
        ],
      ],
    ),
    '## The 18 controls',
    ...STAGES.flatMap((stage) => [
      `### ${stage.title}`,
      table(
        ['Id', 'Control', 'Verdict', 'Method', 'Scenarios', 'What was found'],
        report.controls
          .filter(({ control }) => control.stage === stage.id)
          .map(({ control, judgement, scenarios }) => [
            control.id,
            control.title,
            judgement.verdict,
            judgement.method === 'none' ? '–' : judgement.method,
            String(scenarios.length || '–'),
            judgement.reason,
          ]),
      ),
    ]),
    ...report.controls
      .filter((each) => each.judgement.method !== 'none')
      .flatMap((each) => section(each, report)),
    ...report.features.flatMap((each) => ofFeature(each, report)),
    ...declared(report),
    ...antiPatterns(report),
    ...(report.settings ? ['## What the clients asked for', titled(report.settings)] : []),
    excluded(report),
    ...leftOutOf(report),
    '## Again, and how to check',
    code(`${run.replay}\neventproof verify <this directory>`),
  ])
}

function leftOutOf({ run: { leftOut = [], profile } }: Report): string[] {
  const lines = (some: typeof leftOut) =>
    some
      .map(({ title, controls, because }) => {
        const why = because === undefined ? '' : `: ${text(because)}`
        return `- ${text(title)} (${text(controls.join(', '))})${why}`
      })
      .join('\n')
  const late = leftOut.filter(({ because }) => because === undefined)
  const elsewhere = leftOut.filter(({ because }) => because !== undefined)
  return [
    ...(late.length > 0
      ? [
          `## Left out by the profile ${text(profile)}\n\n${lines(late)}\n\nThey take minutes: \`eventproof prove @slow\` proves them.`,
        ]
      : []),
    ...(elsewhere.length > 0 ? [`## Left to other stacks\n\n${lines(elsewhere)}`] : []),
  ]
}

function declared({ verdicts }: Report): string[] {
  const lines = declaredLines(verdicts).map((line) => `- ${text(line)}`)
  return lines.length === 0 ? [] : ['## Attested and waived: nothing here was proved', lines.join('\n')]
}

function antiPatterns({ verdicts }: Report): string[] {
  const { antiPatterns = [] } = verdicts
  if (antiPatterns.length === 0) return []
  return [
    `## Anti-patterns: ${antiPatternCounts(verdicts)}`,
    'Ways to build that work and cost later. They are no verdicts, and none depends on them.',
    table(
      ['Anti-pattern', 'State', 'What was found', 'From', 'What to do'],
      antiPatterns.map((each) => [
        each.title,
        STATES[each.state],
        antiPatternSays(each),
        `${each.threshold.value} (${each.threshold.of})`,
        each.state === 'found' ? each.remedy : '–',
      ]),
    ),
  ]
}

function excluded({ verdicts }: Report): string {
  const scenarios = verdicts.scenarios.filter(({ verdict }) => verdict === 'NOT-APPLICABLE')
  const lines = scenarios.map(
    ({ title, subject, reason }) => `- ${text(title)} (${text(subject)}): ${text(reason)}`,
  )
  return lines.length === 0 ? '' : `## Scenarios that do not apply\n\n${lines.join('\n')}`
}

function section(each: ControlReport, report: Report): string[] {
  const { control, judgement, predicates, tables, stories, violations } = each
  return [
    `## ${control.id} ${control.title}: ${judgement.verdict}`,
    control.asks,
    text(judgement.reason),
    ...each.declared.map(text),
    judgement.bound === null
      ? ''
      : `0 violations in ${count(judgement.trials, 'trial')}: ${text(boundInWords(judgement.bound))}.`,
    ...violations
      .filter((violation) => violation.control === control.id)
      .flatMap((violation) => told(violation, report.run.replay)),
    predicates
      .map(({ id, promise, because, judged }) => `- ${id}: ${promise} (${because}; ${judged})`)
      .join('\n'),
    ...tables.map(titled),
    ...stories.flatMap(inWords),
    control.limits.length > 0 ? `Not claimed: ${control.limits.join(' ')}` : '',
  ]
}

function inWords({ heading, says, table }: Story): string[] {
  return [`### ${text(heading)}`, text(says), titled(table)]
}

/** Scenarios of no control. */
function ofFeature(
  { title, verdict, scenarios, judged }: FeatureReport,
  { violations, run }: Report,
): string[] {
  return [
    `## ${text(title)}: ${verdict}`,
    ...violations
      .filter(({ control, scenario }) => control === '' && scenarios.some(({ id }) => id === scenario.id))
      .flatMap((violation) => told(violation, run.replay)),
    judged.map((each) => `- ${text(each.promise)} (${each.judged})`).join('\n'),
    table(
      ['Scenario', 'Subject', 'Verdict', 'What was found'],
      scenarios.map((one) => [one.title, one.subject, one.verdict, one.reason || '–']),
    ),
  ]
}

function told({ violation, scenario, events }: ViolationReport, replay: string): string[] {
  return [
    `### ${text(violation.name)}`,
    `${text(violation.counterexample.says)} (${text(scenario.title)}, ${text(scenario.subject)}, ${text(violation.predicate)}, grade ${violation.counterexample.grade})`,
    code(
      events
        .filter((each) => each.counterexample)
        .map(({ event }) => `${event.seq} ${event.kind} ${payloadOf(event)}`)
        .join('\n'),
    ),
    'To see it again:',
    code(replay),
  ]
}

function blocks(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}
