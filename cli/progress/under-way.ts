import type { Clock } from '../../core/clock.ts'
import type { ProgressEvent } from '../../core/progress.ts'
import { activityOf, seconds } from './wording.ts'

/** What has begun and not ended, in the order in which it began: the moving part of a display. */
export class UnderWay {
  readonly #activities = new Map<string, { says: string; readonly since: number }>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  apply(event: ProgressEvent): void {
    const activity = activityOf(event)
    if (activity === undefined) return
    const known = this.#activities.get(activity.key)
    if (activity.says === undefined) this.#activities.delete(activity.key)
    else if (known) known.says = activity.says
    else this.#activities.set(activity.key, { says: activity.says, since: this.#clock.monotonic() })
  }

  /** One line each, with the seconds since it began. */
  lines(): string[] {
    const now = this.#clock.monotonic()
    return [...this.#activities.values()].map(({ says, since }) => `${says} ${seconds(now - since, '(')})`)
  }
}
