import type { HistoryEvent } from '../proof/history/event.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { compareVerdicts } from '../proof/verdict.ts'
import { panelsOf } from './generic-panels.ts'
import type { HistoryReader } from './history-pass.ts'
import type { PanelsByKind, Stories, Story, StoryListener } from './panels.ts'

/** A story, the scenario that it happened in, and the panel that tells it. */
export interface Told {
  readonly story: Story
  readonly scenario: ScenarioJudgement
  readonly panel: Stories
}

/** Events of a scenario that are kept for one story. */
const EVENTS = 50_000

/** Listens to those scenarios of a run whose kinds have something to draw. */
export class StoryReader implements HistoryReader {
  readonly #tellers: readonly Teller[]
  /** By the scenario's id, as it stands in a line. */
  readonly #listening: ReadonlyMap<string, readonly Teller[]>

  constructor(scenarios: readonly ScenarioJudgement[], panels: PanelsByKind) {
    const kinds = Map.groupBy(scenarios, ({ kind }) => kind)
    this.#tellers = [...kinds].flatMap(([kind, own]) =>
      panelsOf(kind, panels).stories.flatMap((panel) =>
        panel.choose(own).map((scenario) => new Teller(scenario, panel)),
      ),
    )
    this.#listening = Map.groupBy(this.#tellers, ({ scenario }) => quoted(scenario.id))
  }

  get empty(): boolean {
    return this.#tellers.length === 0
  }

  wants(_seq: number, line: string): boolean {
    return this.#listeners(line).some((teller) => teller.wants(line))
  }

  take(event: HistoryEvent, line: string): void {
    for (const teller of this.#listeners(line)) if (teller.wants(line)) teller.take(event)
  }

  told(): Told[] {
    return this.#tellers.flatMap((teller) => teller.told() ?? [])
  }

  #listeners(line: string): readonly Teller[] {
    if (this.empty) return []
    const id = /"scenario":\s*"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? ''
    return this.#listening.get(id) ?? []
  }
}

class Teller {
  readonly scenario: ScenarioJudgement
  readonly #panel: Stories
  readonly #listener: StoryListener
  #kept = 0

  constructor(scenario: ScenarioJudgement, panel: Stories) {
    this.scenario = scenario
    this.#panel = panel
    this.#listener = panel.listen(scenario)
  }

  wants(line: string): boolean {
    return this.#kept < EVENTS && this.#listener.wants(line)
  }

  take(event: HistoryEvent): void {
    this.#kept++
    this.#listener.take(event)
  }

  /** A history from elsewhere may lack a field: then there is no story. */
  told(): Told | undefined {
    try {
      const story = this.#listener.told()
      return story && { story, scenario: this.scenario, panel: this.#panel }
    } catch {
      return undefined
    }
  }
}

/** A text as it stands inside the quotes of a line of JSON. */
export function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Of scenarios of one name the worst; at most so many, in the order of their verdicts. */
export function worstOfEach(
  scenarios: readonly ScenarioJudgement[],
  name: (one: ScenarioJudgement) => string,
  most: number,
): ScenarioJudgement[] {
  const worst = [...scenarios].sort((a, b) => compareVerdicts(b.verdict, a.verdict))
  return worst.filter((one, i) => worst.findIndex((other) => name(other) === name(one)) === i).slice(0, most)
}
