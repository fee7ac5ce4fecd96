import type { ProgressEvent } from '../../core/progress.ts'

/** Shows a run to its reader. `show` never throws and never waits; disposing it leaves the screen clean. */
export interface Renderer extends Disposable {
  show(event: ProgressEvent): void
}
