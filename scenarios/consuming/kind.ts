import { CHECKERS } from './predicates/predicates.ts'
import { EDITS } from './mutations/mutations.ts'
import { asserted } from '../../proof/guards/asserted.ts'
import { bite } from '../../proof/guards/took-effect.ts'
import { checkerAlive } from '../../proof/guards/mutations-found.ts'
import { control } from './guards/control.ts'
import { load } from './guards/load.ts'
import { observerComplete } from './guards/observer-complete.ts'
import { rebalance } from './guards/rebalance.ts'
import { recovery } from './guards/recovery.ts'
import { instruments } from '../../proof/guards/faults-healed.ts'
import { ConsumerView } from './view/consumer-view.ts'
import type { ConsumerPlan } from '../../proof/history/plan.ts'
import type { Jurisdiction } from '../../proof/kind.ts'

/** Consumers: what was delivered takes effect once, or is kept as a dead letter. */
export const consuming: Jurisdiction<ConsumerPlan, ConsumerView> = {
  view: (events, plan) => new ConsumerView(events, plan),
  checkers: CHECKERS,
  edits: EDITS,
  // A blind witness before a fault that seems not to bite.
  guards: [observerComplete, instruments, bite, load, recovery, rebalance, control, asserted, checkerAlive],
  subject: (view) => ({ kind: 'consumer', subject: view.plan.consumer.name, figures: view.figures() }),
}
