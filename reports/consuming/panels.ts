import type { Producer } from '../../proof/history/producers.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { isConsumerFigures } from '../../scenarios/consuming/view/consumer-figures.ts'
import { only, type Panels } from '../panels.ts'
import { producersTable } from '../producers.ts'
import { traceStories } from '../trace-stories.ts'
import { figuresSchema } from './figures-schema.ts'
import { lanes } from './lanes.ts'
import { retryStories } from './retry-stories.ts'
import { settingsOf } from './settings.ts'
import { deliveriesTable, groupTable } from './tables.ts'

/** Consumers: what was delivered and what came of it, how the group moved, what its clients asked for. */
export const panels: Panels = {
  id: 'consuming',
  noun: 'consumer',
  lanes,
  figures: figuresSchema,
  tables: [
    { illustrates: only('P3'), measures: true, of: (scenarios) => producersTable(scenarios, producersOf) },
    { illustrates: ({ stage }) => stage === 'consume', of: deliveriesTable },
    // How a group shares its partitions, and how often it says how far it is.
    { illustrates: only('C3', 'C4', 'C5'), of: groupTable },
  ],
  stories: [retryStories, traceStories(failedRecords)],
  settings: { illustrates: only('P3', 'C4', 'C5'), of: settingsOf },
}

/** Those that it stores retries, dead letters and outputs with. */
function producersOf({ figures }: ScenarioJudgement): readonly Producer[] {
  return isConsumerFigures(figures) ? figures.producers : []
}

function failedRecords({ figures }: ScenarioJudgement): number {
  return isConsumerFigures(figures) ? figures.retries + figures.deadLetters : 0
}
