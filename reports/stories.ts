import type { EventOf, HistoryEvent } from '../proof/history/event.ts'
import type { ScenarioJudgement, Verdicts } from '../proof/judgement.ts'
import { compareVerdicts } from '../proof/verdict.ts'
import { isConsumerPlan } from '../scenarios/consuming/plan.ts'
import { isScalingPlan } from '../scenarios/scaling/plan.ts'
import { type RetryStory, retryStory } from './consuming/retry-story.ts'
import { historyEvents } from './history-events.ts'
import { type ScalingStory, scalingStory, TOLD_BY_SCALING } from './scaling/scaling-story.ts'

/** What is drawn from the history itself, violated or not. */
export interface Stories {
  readonly scalings: readonly ScalingStory[]
  readonly retries: readonly RetryStory[]
}

export const NO_STORIES: Stories = { scalings: [], retries: [] }

/** Pictures of a kind: one of each window that scales, and of retries as many as are looked at. The page stays below 500 KB. */
const SCALINGS = 12
const RETRIES = 4
/** Events of a scenario that are kept for its picture. */
const EVENTS = 50_000
const TOLD_BY_RETRIES = /"kind":\s*"(?:pg\.message|call|k\.record|pg\.tx)"/

/**
 * Streams a history once for the scenarios that get a picture: the worst run of each scaling scenario, and the run of
 * each consumer that retried most.
 * @throws {RunUnreadable} as {@link historyEvents} does; a history is read only where there is something to draw.
 */
export async function storiesOf(path: string, { scenarios }: Verdicts): Promise<Stories> {
  const tellers = new Map(
    [
      ...first(
        scenarios.filter(({ kind }) => kind === 'scaling'),
        ({ title, subject }) => `${title} ${subject}`,
        SCALINGS,
      ),
      ...first(
        scenarios.filter(retried).sort((a, b) => attempts(b) - attempts(a)),
        ({ subject }) => subject,
        RETRIES,
      ),
    ].map(({ id }) => [id, new Teller(id)]),
  )
  if (tellers.size === 0) return NO_STORIES
  const all = [...tellers.values()]
  for await (const { event } of historyEvents(path, (line) => all.some((teller) => teller.wants(line)))) {
    tellers.get(event.scenario)?.take(event)
  }
  const told = all.map((teller) => teller.told())
  return {
    scalings: told.flatMap(({ scaling }) => scaling ?? []),
    retries: told.flatMap(({ retry }) => retry ?? []),
  }
}

/** The worst of each name, in the order of the run. */
function first(
  scenarios: readonly ScenarioJudgement[],
  name: (one: ScenarioJudgement) => string,
  most: number,
): ScenarioJudgement[] {
  const worst = [...scenarios].sort((a, b) => compareVerdicts(b.verdict, a.verdict))
  return worst.filter((one, i) => worst.findIndex((other) => name(other) === name(one)) === i).slice(0, most)
}

function retried({ figures }: ScenarioJudgement): boolean {
  return figures.of === 'consumer' && figures.retries + figures.deadLetters > 0
}

function attempts({ figures }: ScenarioJudgement): number {
  return figures.of === 'consumer' ? figures.retries + figures.deadLetters : 0
}

/** Collects the events of one scenario that its picture needs. */
class Teller {
  readonly #id: string
  readonly #quoted: string
  readonly #events: HistoryEvent[] = []
  /** Events that the harness lets fail, as they stand in a line. */
  readonly #failing: string[] = []
  #plan: EventOf<'scenario.plan'>['plan'] | undefined

  constructor(id: string) {
    this.#id = id
    this.#quoted = JSON.stringify(id)
  }

  wants(line: string): boolean {
    if (!line.includes(this.#quoted) || this.#events.length > EVENTS) return false
    if (line.includes('"scenario.plan"')) return true
    if (this.#plan !== undefined && isScalingPlan(this.#plan)) return TOLD_BY_SCALING.test(line)
    if (/"kind":\s*"input"/.test(line)) return !/"failures":\s*0\b/.test(line) && this.#failing.length < 50
    return TOLD_BY_RETRIES.test(line) && this.#failing.some((event) => line.includes(event))
  }

  take(event: HistoryEvent): void {
    if (event.kind === 'scenario.plan') this.#plan = event.plan
    else this.#events.push(event)
    if (event.kind === 'input') this.#failing.push(JSON.stringify(event.event).slice(1, -1))
  }

  /** A history from elsewhere may lack a field: then there is no picture. */
  told(): { readonly scaling?: ScalingStory | undefined; readonly retry?: RetryStory | undefined } {
    try {
      const plan = this.#plan
      if (plan !== undefined && isScalingPlan(plan))
        return { scaling: scalingStory(this.#id, plan.scaling, this.#events) }
      if (plan !== undefined && isConsumerPlan(plan))
        return { retry: retryStory(this.#id, plan.consumer, plan.bounds.late, this.#events) }
    } catch {}
    return {}
  }
}
