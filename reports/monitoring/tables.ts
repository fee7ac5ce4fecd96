import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { isMonitoringFigures } from '../../scenarios/monitoring/view/monitoring-figures.ts'
import { numbers, type Table, word } from '../table.ts'
import { seconds } from '../words.ts'

/** How often a monitor was asked, and how often it answered. */
export function monitorTable(scenarios: readonly ScenarioJudgement[]): Table {
  return {
    title: 'What the monitor answered',
    columns: [
      'Scenario',
      word('Monitor'),
      ...numbers('Events', 'Asked', 'Answered', 'While nobody was at work'),
    ],
    rows: scenarios.flatMap(({ title, subject, figures }) =>
      isMonitoringFigures(figures)
        ? [[title, subject, figures.events, figures.asked, figures.answered, figures.answeredWhileDead]]
        : [],
    ),
  }
}

/** How closely what it said could be checked, and how soon somebody was told. */
export function backlogTable(scenarios: readonly ScenarioJudgement[]): Table {
  return {
    title: 'What the monitor said',
    columns: [
      'Scenario',
      word('Of'),
      word('In'),
      ...numbers('Judged', 'Exact', 'Widest range', 'Error', 'Most waited', 'Alert after', 'Ended after'),
    ],
    rows: scenarios.flatMap(({ title, figures }) =>
      isMonitoringFigures(figures)
        ? figures.backlogs.map(({ backlog, unit, judged, exact, widest, error, most, fired, cleared }) => [
            ...[title, backlog, unit, judged, exact, tenths(widest), tenths(error), tenths(most)],
            ...[seconds(fired), seconds(cleared)],
          ])
        : [],
    ),
    note: 'Exact: the looks before and after left one number only. Widest range: the most by which they left it open. Error: by so much a true number may be off beside that. Times from too much, and from as good as nothing that waited.',
  }
}

function tenths(amount: number): number {
  return Math.round(10 * amount) / 10
}
