import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { mark, number, table } from '../html/table.ts'
import { type Html, html } from '../html/template.ts'
import type { Told } from '../report.ts'
import { readFrom, settingRows } from '../setting-rows.ts'
import { percent, seconds } from '../words.ts'
import { consumerRows, waited } from './consumer-rows.ts'
import { inTime, retryChart } from './retry-chart.ts'
import type { RetryStory } from './retry-story.ts'

type Scenarios = readonly ScenarioJudgement[]

/** What was delivered and what came of it. */
export function deliveriesTable(scenarios: Scenarios): Html | false {
  const rows = consumerRows(scenarios)
  if (rows.length === 0) return false
  return table(
    'Deliveries and effects',
    [
      'Consumer',
      '#Scenarios',
      '#Events',
      '#Records',
      '#Effects',
      '#Redelivered',
      '#Retries',
      '#Dead letters',
      '#Keys',
    ],
    rows.map(
      (row) =>
        html`<tr><th scope="row">${row.subject}</th>${[row.scenarios, row.events, row.records, row.effects, row.redeliveries, row.retries, row.deadLetters, row.keys].map(number)}</tr>`,
    ),
    'Redelivered: records of events that the consumer had been given before. Delivery is at least once; an effect is exactly once.',
  )
}

/** How the group moved, how often it said how far it was, and how its work lies on the partitions. */
export function groupTable(scenarios: Scenarios): Html | false {
  const rows = consumerRows(scenarios)
  if (rows.length === 0) return false
  return table(
    'Groups',
    [
      'Consumer',
      '#Scenarios',
      '#Rebalances',
      '#Offset commits',
      '#Keys',
      '#Partitions',
      '#Used',
      '#Largest share',
      '#Unmoved, longest wait',
    ],
    rows.map(
      (row) =>
        html`<tr><th scope="row">${row.subject}</th>${[row.scenarios, row.rebalances, row.commits, row.keys, row.partitions.count, row.partitions.used].map(number)}<td class="number">${percent(row.partitions.largestShare)}</td><td class="number">${waited(row)}</td></tr>`,
    ),
    'Used: partitions of the declared topic with a record. Largest share: of all records, those on the fullest partition; an even spread is one divided by the partitions. Unmoved: the longest wait, from record to effect, of an event on a partition that kept its owner while instances were restarted one after the other.',
  )
}

/** Clients that a row names before it counts the others. */
const NAMED = 3

/** What every client asked for, and in which request that was read. */
export function settingsSection(scenarios: Scenarios): Html | false {
  const rows = settingRows(scenarios)
  if (rows.length === 0) return false
  return html`<section aria-labelledby="settings"><h2 id="settings">What the clients asked for</h2>
<p>Read from the bytes of their requests on the way to the broker, not from their configuration.</p>
${table(
  'Settings of every client seen',
  ['Setting', 'Value', 'Read from', 'Software', 'Service', 'Clients'],
  rows.map(
    ({ software, subject, setting, value, clients, differs, ...read }) =>
      html`<tr><th scope="row"><code>${setting}</code></th><td>${value}${differs && html` <span class="muted small">(differs between clients)</span>`}</td><td class="nowrap">${readFrom(read)}</td><td>${software}</td><td class="nowrap">${subject}</td><td class="small">${clients.slice(0, NAMED).join(', ')}${clients.length > NAMED && ` and ${clients.length - NAMED} more`}</td></tr>`,
  ),
)}</section>`
}

/** The way of one event through its retries. */
export function retryTimeline({ story, scenario }: Told<RetryStory>): Html {
  const { attempts, retry, event, stops } = story
  const dead = stops.some(({ topic }) => topic === retry.deadLetter)
  const end = story.effect !== null ? 'it took effect' : dead ? 'it became a dead letter' : 'it has no effect'
  const title = `Event ${event} of ${scenario.subject}: ${attempts.length} attempts, then ${end}`
  return html`<h4>The way of one event through its retries</h4>
<p class="small muted">${scenario.title} · ${title}. Declared: ${retry.attempts} attempts, after ${retry.delays.map(seconds).join(', ')}.</p>
<div class="scroll">${retryChart(story, title)}</div>
<p class="legend">Shaded: the time in which the next attempt was due. Filled: an attempt, as it was seen. Hollow: a record of the event on that topic.</p>
${table(
  'Attempts',
  ['#Attempt', '#At', '#Waited', 'Declared', 'Seen by'],
  attempts.map(
    (attempt, index) =>
      html`<tr><th scope="row" class="number">${index + 1}</th><td class="number">${seconds(attempt.at)}</td><td class="number">${attempt.waited === null ? '–' : mark(inTime(attempt), seconds(attempt.waited))}</td><td class="nowrap">${attempt.allowed === null ? '–' : `${seconds(attempt.allowed.from)} to ${seconds(attempt.allowed.to)}`}</td><td>${attempt.by}</td></tr>`,
  ),
)}`
}
