import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { numbers, type Table, word } from '../table.ts'
import { seconds } from '../words.ts'
import { manifestRows, scalingRows } from './scaling-rows.ts'

/** How fast it woke, how far it went, how long it took back. */
export function scalingTable(scenarios: readonly ScenarioJudgement[]): Table {
  return {
    title: 'From zero and back',
    columns: [
      'Scenario',
      word('Workload'),
      ...numbers('Runs', 'Events', 'Effects', '0 → 1', 'First ready', 'Most replicas', 'Back to 0'),
    ],
    rows: scalingRows(scenarios).map((row) => [
      ...[row.title, row.subject],
      ...[row.runs, row.events, row.effects],
      ...[seconds(row.activation), seconds(row.ready), row.maxReplicas, seconds(row.backToZero)],
    ]),
    note: 'Times from the event that was one too many, and from the last effect; the slowest of all runs.',
  }
}

/** What the linter says of the manifests as they are written. */
export function manifestsTable(scenarios: readonly ScenarioJudgement[]): Table {
  return {
    title: 'What the linter says of the manifests',
    columns: ['Place', word('Workload'), 'Severity', 'Rule', 'Found', 'Fix'],
    rows: manifestRows(scenarios).map(({ place, subject, severity, rule, found, fix }) => [
      { code: place },
      subject,
      severity === 'error' ? { met: false, text: severity } : severity,
      { code: rule },
      found,
      fix,
    ]),
    note: 'An error will go wrong, or KEDA refuses it: it is held against the workload. A warning goes wrong under a condition.',
  }
}

/** What KEDA did against its own rules: the workload does not answer for it, and whoever runs KEDA should know. */
export function asidesTable(scenarios: readonly ScenarioJudgement[]): Table {
  const rows = scenarios.flatMap(({ title, subject, findings }) =>
    findings
      .flatMap((finding) => (finding.kind === 'held' ? (finding.aside ?? []) : []))
      .map(({ name, says, events }) => [title, subject, { code: name }, says, events.join(', ')]),
  )
  return {
    title: 'What the platform did against its own rules',
    columns: ['Scenario', word('Workload'), 'Name', 'Seen', 'Events'],
    rows,
    note: 'Not held against the workload: it can not prevent it.',
  }
}
