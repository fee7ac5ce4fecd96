import type { EventOf, HistoryEvent } from '../../proof/history/event.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { isScalingPlan } from '../../scenarios/scaling/plan.ts'
import { only, type Stories, type Story, type StoryListener } from '../panels.ts'
import { worstOfEach } from '../stories.ts'
import { numbers, type Table } from '../table.ts'
import { seconds } from '../words.ts'
import { scalingChart } from './scaling-chart.ts'
import { type ScalingStory, scalingStory } from './scaling-story.ts'

const MOST = 12
/** Kinds in the words of this version and of former ones: `fault.` stands for all that is said of a fault. */
const TOLD =
  /"kind":\s*"(?:scenario\.plan|scale\.sample|k8s\.event|k8s\.object|phase|input|fault\.[\w-]+|gate\.\w+|fact|proc)"/

/** One picture of each scenario, of its worst run. */
export const scalingStories: Stories = {
  illustrates: only('O1'),
  choose: (scenarios) => worstOfEach(scenarios, ({ title, subject }) => `${title} ${subject}`, MOST),
  listen: (scenario) => new ScalingListener(scenario),
}

class ScalingListener implements StoryListener {
  readonly #scenario: ScenarioJudgement
  readonly #events: HistoryEvent[] = []
  #plan: EventOf<'scenario.plan'>['plan'] | undefined

  constructor(scenario: ScenarioJudgement) {
    this.#scenario = scenario
  }

  wants(line: string): boolean {
    return TOLD.test(line)
  }

  take(event: HistoryEvent): void {
    if (event.kind === 'scenario.plan') this.#plan = event.plan
    else this.#events.push(event)
  }

  told(): Story | undefined {
    const plan = this.#plan
    if (plan === undefined || !isScalingPlan(plan)) return undefined
    const story = scalingStory(plan.scaling, this.#events)
    return story && inWords(story, this.#scenario)
  }
}

function inWords(story: ScalingStory, scenario: ScenarioJudgement): Story {
  const { scaling, length } = story
  const most = story.looks.reduce((peak, { replicas }) => Math.max(peak, replicas), 0)
  const lag = story.looks.reduce((peak, look) => Math.max(peak, look.lag), 0)
  const title = `${scenario.title}: ${seconds(length)} of ${scaling.deployment}, up to ${lag} events waiting and ${most} replicas`
  return {
    heading: scenario.title,
    says: `${scaling.name}: polled every ${scaling.pollingInterval} s, cooldown ${scaling.cooldownPeriod} s, a replica for each ${scaling.lagThreshold} events, more than ${scaling.activationLagThreshold} wake it, ${scaling.minReplicas} to ${scaling.maxReplicas} replicas, ${scaling.partitions} partitions.`,
    picture: scalingChart(story, title),
    legend: 'Events on a logarithmic scale. Shaded: a fault was in force. The numbers are the steps below.',
    table: stepsTable(story),
  }
}

function stepsTable({ steps }: ScalingStory): Table {
  return {
    title: 'Why each step happened',
    columns: [...numbers('Step', 'At'), 'What', 'Why'],
    rows: steps.map(({ at, what, why }, index) => [index + 1, seconds(at), what, why]),
    dense: true,
  }
}
