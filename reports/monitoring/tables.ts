import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { isMonitoringFigures } from '../../scenarios/monitoring/view/monitoring-figures.ts'
import { numbers, type Table, word } from '../table.ts'
import { seconds } from '../words.ts'

/** How often a monitor was asked, how closely its answers could be checked, and how soon somebody was told. */
export function monitorTable(scenarios: readonly ScenarioJudgement[]): Table {
  return {
    title: 'What the monitor said',
    columns: [
      'Scenario',
      word('Consumer'),
      ...numbers('Asked', 'Answered', 'While nobody consumed', 'Exact', 'Widest range'),
      ...numbers('Most waited', 'Alert after', 'Ended after'),
    ],
    rows: scenarios.flatMap(({ title, subject, figures }) =>
      isMonitoringFigures(figures)
        ? [
            [
              ...[title, subject, figures.asked, figures.answered, figures.answeredWhileDead],
              ...[figures.exact, figures.widest, figures.mostWaited],
              ...[seconds(figures.fired), seconds(figures.cleared)],
            ],
          ]
        : [],
    ),
    note: 'Exact: the looks at the broker before and after left one number only. Widest range: the most events by which they left it open. Times from too many events, and from none that waited.',
  }
}
