import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { Patience } from '../../testbed/patience.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** Milliseconds in which a relay that marks all that it publishes has done so where nothing is hurt. */
const SOON = 5_000

export interface Awaiting {
  readonly view: PublisherView
  readonly patience: Patience
  readonly history: ScenarioHistory
}

/**
 * Waits until what is on the log is marked as well. A relay whose mark was lost has to publish that event again, and may
 * first let a lease run out: a scenario that ends before has not seen what it asks about. Only of relays that marked
 * everything while nothing was hurt.
 */
export class MarksAwaited {
  #marksAll = false

  /** @param trial 0: nothing was hurt yet */
  async await({ view, patience, history }: Awaiting, trial: number): Promise<void> {
    const open = () => unmarked(view)
    if (trial === 0) {
      const marks = view.expectedEvents().some(({ mark }) => mark !== undefined)
      this.#marksAll =
        marks && (await patience.within('all marks', () => open() === 0, { deadline: SOON, every: 50 }))
      return
    }
    if (!this.#marksAll || open() === 0) return
    const deadline = view.plan.bounds.recovery
    const what = 'what is on the log to be marked'
    if (await patience.within(what, () => open() === 0, { deadline, every: 100 })) return
    const text = `${open()} events are on the log and were not marked within ${deadline / 1000} s: what their relay does with them then was not seen; raise recoverWithin above its lease`
    history.record({ kind: 'note', text })
  }
}

function unmarked(view: PublisherView): number {
  return view
    .expectedEvents()
    .filter(
      ({ source, records, mark, parked }) =>
        source === 'outbox' && records.length > 0 && mark === undefined && parked === undefined,
    ).length
}
