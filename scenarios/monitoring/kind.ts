import { exportsIn } from '../../core/module-folder.ts'
import { subjectKind } from '../kind.ts'
import { backlogsOf, type MonitoringConfig, monitoring } from './config.ts'
import { judging } from './judging.ts'
import { MonitoringExperiment } from './monitoring-experiment.ts'
import { isWindow } from './window.ts'

/** Monitors: what is said of how much waits is true, and somebody is told in time. */
export const kind = subjectKind({
  ...judging,
  config: monitoring,
  given: 'what waits is watched',
  needs: { components: ['postgres', 'kafka'], capabilities: ['kill-service'] },
  windows: await exportsIn(new URL('./windows/', import.meta.url), isWindow),
  /** `@alert`: those that declare one; `@lag`: those that watch a consumer. */
  isMeant: (tags, declared) => lacking(tags, declared).length === 0,
  lacks: lacking,
  begin: (what, context, options) => new MonitoringExperiment(what, context, options),
})

function lacking(tags: readonly string[], declared: MonitoringConfig): readonly string[] {
  const alert = backlogsOf(declared).some((one) => one.declared.alert !== undefined)
  return [
    ...(tags.includes('alert') && !alert ? ['alert'] : []),
    ...(tags.includes('lag') && declared.lag === undefined ? ['lag'] : []),
  ]
}
