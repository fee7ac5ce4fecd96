import type { ScenarioJudgement } from '../proof/judgement.ts'
import { consumerRows, waited } from './consuming/consumer-rows.ts'
import type { RetryStory } from './consuming/retry-story.ts'
import { table, text } from './markdown-text.ts'
import type { Told } from './report.ts'
import { manifestRows, scalingRows } from './scaling/scaling-rows.ts'
import type { ScalingStory } from './scaling/scaling-story.ts'
import { readFrom, settingRows } from './setting-rows.ts'
import { percent, seconds } from './words.ts'

type Scenarios = readonly ScenarioJudgement[]

export function consumerTables(scenarios: Scenarios): string[] {
  const headings = [
    'Consumer',
    'Events',
    'Records',
    'Effects',
    'Redelivered',
    'Retries',
    'Dead letters',
    'Rebalances',
    'Partitions used',
    'Largest share',
    'Unmoved, longest wait',
  ]
  const rows = consumerRows(scenarios).map((row) => [
    row.subject,
    ...[
      row.events,
      row.records,
      row.effects,
      row.redeliveries,
      row.retries,
      row.deadLetters,
      row.rebalances,
    ].map(String),
    `${row.partitions.used} of ${row.partitions.count}`,
    percent(row.partitions.largestShare),
    waited(row),
  ])
  return [table(headings, rows)]
}

/** What every client asked for, with the request in which it was read. */
export function settingsTable(scenarios: Scenarios): string[] {
  const rows = settingRows(scenarios)
  if (rows.length === 0) return []
  const headings = ['Setting', 'Value', 'Read from', 'Software', 'Service', 'Clients']
  return [
    '## What the clients asked for',
    table(
      headings,
      rows.map((row) => [
        row.setting,
        row.value,
        readFrom(row),
        row.software,
        row.subject,
        String(row.clients.length),
      ]),
    ),
  ]
}

export function scalingTables(scenarios: Scenarios): string[] {
  const headings = [
    'Scenario',
    'Workload',
    'Events',
    'Effects',
    '0 → 1',
    'First ready',
    'Most replicas',
    'Back to 0',
  ]
  const rows = scalingRows(scenarios).map((row) => [
    row.title,
    row.subject,
    String(row.events),
    String(row.effects),
    seconds(row.activation),
    seconds(row.ready),
    String(row.maxReplicas),
    seconds(row.backToZero),
  ])
  return [table(headings, rows)]
}

/** What the linter says of the manifests. */
export function manifestsTables(scenarios: Scenarios): string[] {
  const rows = manifestRows(scenarios).map(({ place, severity, rule, found, fix }) => [
    place,
    severity,
    rule,
    found,
    fix,
  ])
  return [table(['Manifest', 'Severity', 'Rule', 'Found', 'Fix'], rows)]
}

/** The scaling timeline as its steps. */
export function stepsTable({ story, scenario }: Told<ScalingStory>): string[] {
  const rows = story.steps.map(({ at, what, why }) => [seconds(at), what, why])
  return [`### ${text(scenario.title)}: why each step happened`, table(['At', 'What', 'Why'], rows)]
}

/** The attempts at one event, against what was declared. */
export function retryTable({ story, scenario }: Told<RetryStory>): string[] {
  const rows = story.attempts.map(({ at, waited, allowed, by }, index) => [
    String(index + 1),
    seconds(at),
    seconds(waited),
    allowed === null ? '–' : `${seconds(allowed.from)} to ${seconds(allowed.to)}`,
    by,
  ])
  return [
    `### ${text(scenario.title)}: attempts at event ${text(story.event)}`,
    table(['Attempt', 'At', 'Waited', 'Declared', 'Seen by'], rows),
  ]
}
