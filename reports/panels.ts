import type { z } from 'zod'
import type { Figures } from '../proof/figures.ts'
import type { HistoryEvent } from '../proof/history/event.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { Control } from './controls.ts'
import type { Html } from './html/template.ts'
import type { Lanes } from './lanes.ts'
import type { AskedSetting } from './settings.ts'
import type { Table } from './table.ts'

type Scenarios = readonly ScenarioJudgement[]

/**
 * How a kind of subject is shown. The folder of `reports/` that has the name of the kind exports it as `panels`; no
 * renderer knows of a kind what is not in here.
 */
export interface Panels {
  /** The name of the kind's room. */
  readonly id: string
  /** What such a subject is called. */
  readonly noun: string
  readonly lanes: Lanes
  /** What its figures have to look like before anything here reads them: a run directory comes from anywhere. */
  readonly figures: z.ZodType<Figures>
  readonly tables: readonly PanelTable[]
  readonly stories: readonly Stories[]
  readonly settings?: PanelSettings
}

/** Each panel says which controls it illustrates. */
interface Illustration {
  illustrates(control: Pick<Control, 'id' | 'stage'>): boolean
}

export interface PanelTable extends Illustration {
  /** It is what the control is measured by, and comes before the scenarios. */
  readonly measures?: true
  /** Undefined, or without rows, where these scenarios have nothing to put in. */
  of(scenarios: Scenarios): Table | undefined
}

/** What clients of a subject asked a broker for. */
export interface PanelSettings extends Illustration {
  of(scenarios: Scenarios): readonly AskedSetting[]
}

/** Pictures that are drawn from the history itself, violated or not. */
export interface Stories extends Illustration {
  /** The scenarios that get one. The page has to stay below 500 KB. */
  choose(scenarios: Scenarios): Scenarios
  listen(scenario: ScenarioJudgement): StoryListener
}

/** Hears the history of one scenario, in order, and tells its story at the end. */
export interface StoryListener {
  /** Whether it needs the event on this line. A line that no listener needs is not parsed. */
  wants(line: string): boolean
  take(event: HistoryEvent): void
  /** Undefined where there is nothing to tell. */
  told(): Story | undefined
}

export interface Story {
  readonly heading: string
  readonly says: string
  readonly picture: Html
  readonly legend: string
  /** The picture in words. */
  readonly table: Table
}

/** By the kind's id. */
export type PanelsByKind = ReadonlyMap<string, Panels>

export const every: Illustration['illustrates'] = () => true

export function only(...controls: readonly string[]): Illustration['illustrates'] {
  return ({ id }) => controls.includes(id)
}
