import type { Ports } from '../../core/ports.ts'
import type { ReportProgress } from '../../core/progress.ts'
import type { Reaper } from '../../core/reaper.ts'
import type { Watch } from './watch.ts'

/** What every component of one stack is started with. */
export interface Run {
  /** Folder of the log files; stays. */
  readonly logs: string
  /** Temporary folder of this run's data; removed at the end, by us or by the reaper. */
  readonly data: string
  readonly reaper: Reaper
  readonly ports: Ports
  readonly report: ReportProgress
  /** Told what ends; absent where nobody wants to know. */
  readonly watch?: Watch
}
