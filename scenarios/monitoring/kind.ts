import { exportsIn } from '../../core/module-folder.ts'
import { subjectKind } from '../kind.ts'
import { monitoring } from './config.ts'
import { judging } from './judging.ts'
import { MonitoringExperiment } from './monitoring-experiment.ts'
import { isWindow } from './window.ts'

/** Consumers whose lag is watched: what is said of it is true, and somebody is told in time. */
export const kind = subjectKind({
  ...judging,
  config: monitoring,
  given: 'the consumer under test is watched for its lag',
  needs: { components: ['postgres', 'kafka'], capabilities: ['kill-service'] },
  windows: await exportsIn(new URL('./windows/', import.meta.url), isWindow),
  /** `@alert`: those that declare one. */
  isMeant: (tags, { alert }) => !tags.includes('alert') || alert !== undefined,
  lacks: (tags, { alert }) => (tags.includes('alert') && alert === undefined ? ['alert'] : []),
  begin: (what, context, options) => new MonitoringExperiment(what, context, options),
})
