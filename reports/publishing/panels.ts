import type { Producer } from '../../proof/history/producers.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { isPublisherFigures } from '../../scenarios/publishing/view/publisher-figures.ts'
import { lanesAround } from '../lanes.ts'
import { only, type Panels } from '../panels.ts'
import { producersTable } from '../producers.ts'
import type { AskedSetting } from '../settings.ts'
import { figuresSchema } from './figures-schema.ts'
import { loadTable, sizesTable } from './tables.ts'

/** Publishers: what they were asked to do, what became of it, and how their clients asked for it to be stored. */
export const panels: Panels = {
  id: 'publishing',
  noun: 'publisher',
  lanes: { ...lanesAround('relay'), width: 68 },
  figures: figuresSchema,
  tables: [
    { illustrates: only('P3'), measures: true, of: (scenarios) => producersTable(scenarios, clientsOf) },
    { illustrates: only('P4'), measures: true, of: sizesTable },
    // Sizes and load tell of the same records.
    { illustrates: ({ id }) => id !== 'P4', of: loadTable },
  ],
  stories: [],
  settings: { illustrates: only('P3'), of: (scenarios) => scenarios.flatMap(settingsOf) },
}

function clientsOf({ figures }: ScenarioJudgement): readonly Producer[] {
  return isPublisherFigures(figures) ? figures.clients : []
}

function settingsOf(scenario: ScenarioJudgement): AskedSetting[] {
  return clientsOf(scenario).flatMap(({ clientId, software = null, apiVersion, acks, idempotent }) =>
    Object.entries({ acks, 'enable.idempotence': idempotent }).map(([setting, value]) => ({
      ...{ subject: scenario.subject, software, setting, value, api: 'produce' },
      versions: apiVersion === undefined ? [] : [apiVersion],
      clients: [clientId],
    })),
  )
}
