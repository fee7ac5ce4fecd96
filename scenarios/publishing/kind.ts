import { CHECKERS } from './predicates/predicates.ts'
import { EDITS } from './mutations/mutations.ts'
import { asserted } from '../../proof/guards/asserted.ts'
import { bite } from '../../proof/guards/took-effect.ts'
import { checkerAlive } from '../../proof/guards/mutations-found.ts'
import { instruments } from '../../proof/guards/faults-healed.ts'
import { control } from './guards/control.ts'
import { load } from './guards/load.ts'
import { observerComplete } from './guards/observer-complete.ts'
import { recovery } from './guards/recovery.ts'
import type { PublisherPlan } from '../../proof/history/plan.ts'
import { PublisherView } from './view/publisher-view.ts'
import type { Jurisdiction } from '../../proof/kind.ts'

/** Publishers: what was committed is on the log. */
export const publishing: Jurisdiction<PublisherPlan, PublisherView> = {
  view: (events, plan) => new PublisherView(events, plan),
  checkers: CHECKERS,
  edits: EDITS,
  // A blind witness before a fault that seems not to bite.
  guards: [observerComplete, instruments, bite, load, recovery, control, asserted, checkerAlive],
  subject: (view) => ({
    kind: 'publisher',
    subject: view.plan.publisher.name,
    relay: view.plan.publisher.relay,
    figures: view.figures(),
  }),
}
