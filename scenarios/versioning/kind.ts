import { subjectKind } from '../kind.ts'
import { schemas } from './config.ts'
import { judging } from './judging.ts'
import { VersioningExperiment } from './versioning-experiment.ts'

/** Schemas of topics: a registry lets them change, and keeps what their readers were promised. */
export const kind = subjectKind({
  ...judging,
  config: schemas,
  given: 'the schemas under test are registered',
  needs: { components: ['schema-registry'], capabilities: [] },
  windows: [],
  isMeant: () => true,
  begin: (what, context, options) => new VersioningExperiment(what, context, options),
})
