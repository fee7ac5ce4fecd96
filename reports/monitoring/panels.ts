import { z } from 'zod'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import {
  isMonitoringFigures,
  type MonitoringFigures,
} from '../../scenarios/monitoring/view/monitoring-figures.ts'
import { count } from '../figures-schema.ts'
import { every, type Panels } from '../panels.ts'
import { lanes } from './lanes.ts'
import { backlogTable, monitorTable } from './tables.ts'

const figures: z.ZodType<MonitoringFigures> = z.looseObject({
  of: z.literal('monitoring'),
  milliseconds: count,
  events: count,
  asked: count,
  answered: count,
  answeredWhileDead: count,
  backlogs: z.array(
    z.looseObject({
      backlog: z.string(),
      unit: z.string(),
      judged: count,
      exact: count,
      widest: count,
      error: count,
      most: count,
      fired: count.nullable(),
      cleared: count.nullable(),
    }),
  ),
})

/** What is watched: what the monitor said, how closely that could be checked, and how soon somebody was told. */
export const panels: Panels = {
  id: 'monitoring',
  noun: 'watched backlog',
  lanes,
  figures,
  tables: [
    { illustrates: every, measures: true, of: (scenarios) => monitorTable(scenarios.filter(isWatched)) },
    { illustrates: every, measures: true, of: (scenarios) => backlogTable(scenarios.filter(isWatched)) },
  ],
  stories: [],
}

function isWatched({ figures }: ScenarioJudgement): boolean {
  return isMonitoringFigures(figures)
}
