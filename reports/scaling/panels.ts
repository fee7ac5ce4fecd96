import { every, type Panels } from '../panels.ts'
import { figuresSchema } from './figures-schema.ts'
import { lanes } from './lanes.ts'
import { scalingStories } from './scaling-stories.ts'
import { asidesTable, manifestsTable, scalingTable } from './tables.ts'

/** Scaled workloads: from zero and back, drawn look by look, and what the linter says of the manifests. */
export const panels: Panels = {
  id: 'scaling',
  noun: 'scaled workload',
  lanes,
  figures: figuresSchema,
  tables: [
    { illustrates: every, of: scalingTable },
    { illustrates: every, of: manifestsTable },
    { illustrates: every, of: asidesTable },
  ],
  stories: [scalingStories],
}
