import { z } from 'zod'
import {
  isMonitoringFigures,
  type MonitoringFigures,
} from '../../scenarios/monitoring/view/monitoring-figures.ts'
import { count } from '../figures-schema.ts'
import { every, type Panels } from '../panels.ts'
import { lanes } from './lanes.ts'
import { monitorTable } from './tables.ts'

const figures: z.ZodType<MonitoringFigures> = z.looseObject({
  of: z.literal('monitoring'),
  milliseconds: count,
  events: count,
  asked: count,
  answered: count,
  answeredWhileDead: count,
  exact: count,
  widest: count,
  mostWaited: count,
  fired: count.nullable(),
  cleared: count.nullable(),
})

/** Watched consumers: what the monitor said, how closely that could be checked, and how soon somebody was told. */
export const panels: Panels = {
  id: 'monitoring',
  noun: 'watched consumer',
  lanes,
  figures,
  tables: [
    {
      illustrates: every,
      measures: true,
      of: (scenarios) => monitorTable(scenarios.filter(({ figures }) => isMonitoringFigures(figures))),
    },
  ],
  stories: [],
}
