import type { EventOf, HistoryEvent } from '../../proof/history/event.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { isConsumerPlan } from '../../scenarios/consuming/plan.ts'
import { isConsumerFigures } from '../../scenarios/consuming/view/consumer-figures.ts'
import { only, type Stories, type Story, type StoryListener } from '../panels.ts'
import { quoted, worstOfEach } from '../stories.ts'
import { type Table, word } from '../table.ts'
import { seconds } from '../words.ts'
import { inTime, retryChart } from './retry-chart.ts'
import { type RetryStory, retryStory } from './retry-story.ts'

/** As many as are looked at. */
const MOST = 4
/** Failing events of a scenario of which the one that tells most is looked for. */
const FAILING = 50
const TOLD = /"kind":\s*"(?:pg\.message|call|k\.record|pg\.tx)"/

/** The way of an event through its retries, of the run of each consumer that retried most. */
export const retryStories: Stories = {
  illustrates: only('C2'),
  choose(scenarios) {
    const retried = scenarios.filter((each) => attempts(each) > 0)
    const most = retried.sort((a, b) => attempts(b) - attempts(a))
    return worstOfEach(most, ({ subject }) => subject, MOST)
  },
  listen: (scenario) => new RetryListener(scenario),
}

function attempts({ figures }: ScenarioJudgement): number {
  return isConsumerFigures(figures) ? figures.retries + figures.deadLetters : 0
}

class RetryListener implements StoryListener {
  readonly #scenario: ScenarioJudgement
  readonly #events: HistoryEvent[] = []
  /** Events that the harness lets fail, as they stand in a line. */
  readonly #failing: string[] = []
  #plan: EventOf<'scenario.plan'>['plan'] | undefined

  constructor(scenario: ScenarioJudgement) {
    this.#scenario = scenario
  }

  wants(line: string): boolean {
    if (line.includes('"scenario.plan"')) return true
    if (/"kind":\s*"input"/.test(line))
      return !/"failures":\s*0\b/.test(line) && this.#failing.length < FAILING
    return TOLD.test(line) && this.#failing.some((event) => line.includes(event))
  }

  take(event: HistoryEvent): void {
    if (event.kind === 'scenario.plan') this.#plan = event.plan
    else this.#events.push(event)
    if (event.kind === 'input') this.#failing.push(quoted(event.event))
  }

  told(): Story | undefined {
    const plan = this.#plan
    if (plan === undefined || !isConsumerPlan(plan)) return undefined
    const story = retryStory(plan.consumer, plan.bounds.late, this.#events)
    return story && inWords(story, this.#scenario)
  }
}

function inWords(story: RetryStory, scenario: ScenarioJudgement): Story {
  const { attempts, retry, event, stops } = story
  const dead = stops.some(({ topic }) => topic === retry.deadLetter)
  const end = story.effect !== null ? 'it took effect' : dead ? 'it became a dead letter' : 'it has no effect'
  const title = `Event ${event} of ${scenario.subject}: ${attempts.length} attempts, then ${end}`
  return {
    heading: 'The way of one event through its retries',
    says: `${scenario.title} · ${title}. Declared: ${retry.attempts} attempts, after ${retry.delays.map(seconds).join(', ')}.`,
    picture: retryChart(story, title),
    legend:
      'Shaded: the time in which the next attempt was due. Filled: an attempt, as it was seen. Hollow: a record of the event on that topic.',
    table: attemptsTable(story),
  }
}

function attemptsTable({ attempts }: RetryStory): Table {
  return {
    title: 'Attempts',
    columns: [
      { name: 'Attempt', as: 'number' },
      { name: 'At', as: 'number' },
      { name: 'Waited', as: 'number' },
      word('Declared'),
      'Seen by',
    ],
    rows: attempts.map((attempt, index) => [
      index + 1,
      seconds(attempt.at),
      attempt.waited === null ? '–' : { met: inTime(attempt), text: seconds(attempt.waited) },
      attempt.allowed === null ? '–' : `${seconds(attempt.allowed.from)} to ${seconds(attempt.allowed.to)}`,
      attempt.by,
    ]),
  }
}
