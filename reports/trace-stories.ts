import type { HistoryEvent } from '../proof/history/event.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { only, type Stories, type Story, type StoryListener } from './panels.ts'
import { word } from './table.ts'
import { type Waterfall, waterfallOf } from './waterfall.ts'
import { waterfallChart } from './waterfall-chart.ts'
import { seconds } from './words.ts'

const TOLD = /"kind":\s*"(?:span|k\.record)"/
/** Where nothing else is declared. The picture is an illustration: with another header it has spans alone. */
const HEADER = 'traceparent'

/** The waterfall of one trace, of the scenario that `told` says most of. */
export function traceStories(told: (scenario: ScenarioJudgement) => number): Stories {
  return {
    illustrates: only('O4'),
    choose: (scenarios) =>
      scenarios
        .filter(({ controls }) => controls.includes('O4'))
        .sort((a, b) => told(b) - told(a))
        .slice(0, 1),
    listen: (scenario) => new TraceListener(scenario),
  }
}

class TraceListener implements StoryListener {
  readonly #scenario: ScenarioJudgement
  readonly #events: HistoryEvent[] = []

  constructor(scenario: ScenarioJudgement) {
    this.#scenario = scenario
  }

  wants(line: string): boolean {
    return TOLD.test(line)
  }

  take(event: HistoryEvent): void {
    this.#events.push(event)
  }

  told(): Story | undefined {
    const waterfall = waterfallOf(this.#events, HEADER)
    return waterfall && inWords(waterfall, this.#scenario)
  }
}

function inWords(waterfall: Waterfall, { subject, title }: ScenarioJudgement): Story {
  const { traceId, happenings } = waterfall
  const says = `Trace ${traceId} of ${subject}`
  return {
    heading: 'The waterfall of one trace',
    says: `${title} · ${says}.`,
    picture: waterfallChart(waterfall, says),
    legend:
      'Green: a span that a service exported; red: one that failed; grey: a record, when it was stored.',
    table: {
      title: 'Spans and records',
      columns: [word('By'), word('What'), { name: 'From', as: 'number' }, { name: 'To', as: 'number' }],
      rows: happenings.map(({ by, says, from, to }) => [by, says, seconds(from), seconds(to)]),
    },
  }
}
