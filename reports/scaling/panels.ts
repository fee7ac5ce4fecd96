import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { mark, number, table } from '../html/table.ts'
import { type Html, html } from '../html/template.ts'
import type { Told } from '../report.ts'
import { seconds } from '../words.ts'
import { scalingChart } from './scaling-chart.ts'
import { manifestRows, scalingRows } from './scaling-rows.ts'
import type { ScalingStory } from './scaling-story.ts'

/** How fast it woke, how far it went, how long it took back. */
export function scalingTable(scenarios: readonly ScenarioJudgement[]): Html | false {
  const rows = scalingRows(scenarios)
  if (rows.length === 0) return false
  return table(
    'From zero and back',
    [
      'Scenario',
      'Workload',
      '#Runs',
      '#Events',
      '#Effects',
      '#0 → 1',
      '#First ready',
      '#Most replicas',
      '#Back to 0',
    ],
    rows.map(
      (row) =>
        html`<tr><th scope="row">${row.title}</th><td class="nowrap">${row.subject}</td>${[row.runs, row.events, row.effects].map(number)}<td class="number">${seconds(row.activation)}</td><td class="number">${seconds(row.ready)}</td>${number(row.maxReplicas)}<td class="number">${seconds(row.backToZero)}</td></tr>`,
    ),
    'Times from the event that was one too many, and from the last effect; the slowest of all runs.',
  )
}

/** What the linter says of the manifests as they are written. */
export function manifestsTable(scenarios: readonly ScenarioJudgement[]): Html | false {
  const rows = manifestRows(scenarios)
  if (rows.length === 0) return false
  return table(
    'What the linter says of the manifests',
    ['Place', 'Workload', 'Severity', 'Rule', 'Found', 'Fix'],
    rows.map(
      ({ place, subject, severity, rule, found, fix }) =>
        html`<tr><th scope="row"><code>${place}</code></th><td class="nowrap">${subject}</td><td>${severity === 'error' ? mark(false, severity) : severity}</td><td><code>${rule}</code></td><td>${found}</td><td>${fix}</td></tr>`,
    ),
    'An error will go wrong, or KEDA refuses it: it is held against the workload. A warning goes wrong under a condition.',
  )
}

/** What was sampled, drawn, and why each step happened. */
export function scalingTimeline({ story, scenario }: Told<ScalingStory>): Html {
  const { scaling, steps, length } = story
  const most = story.looks.reduce((peak, { replicas }) => Math.max(peak, replicas), 0)
  const lag = story.looks.reduce((peak, look) => Math.max(peak, look.lag), 0)
  const title = `${scenario.title}: ${seconds(length)} of ${scaling.deployment}, up to ${lag} events waiting and ${most} replicas`
  return html`<h4>${scenario.title}</h4>
<p class="small muted">${scaling.name}: polled every ${scaling.pollingInterval} s, cooldown ${scaling.cooldownPeriod} s, a replica for each ${scaling.lagThreshold} events, more than ${scaling.activationLagThreshold} wake it, ${scaling.minReplicas} to ${scaling.maxReplicas} replicas, ${scaling.partitions} partitions.</p>
<div class="scroll">${scalingChart(story, title)}</div>
<p class="legend">Events on a logarithmic scale. Shaded: a fault was armed. The numbers are the steps below.</p>
${
  steps.length > 0 &&
  html`<div class="scroll"><table class="raw"><caption>Why each step happened</caption><thead><tr><th scope="col" class="number">Step</th><th scope="col" class="number">At</th><th scope="col">What</th><th scope="col">Why</th></tr></thead><tbody>
${steps.map(({ at, what, why }, index) => html`<tr><td class="number">${index + 1}</td><td class="number">${seconds(at)}</td><td>${what}</td><td>${why}</td></tr>`)}
</tbody></table></div>`
}`
}
