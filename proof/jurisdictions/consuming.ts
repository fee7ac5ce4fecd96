import { CHECKERS } from '../checkers/consume/checkers.ts'
import { EDITS } from '../edits/consume/edits.ts'
import { asserted } from '../guards/asserted.ts'
import { bite } from '../guards/bite.ts'
import { checkerAlive } from '../guards/checker-alive.ts'
import { control } from '../guards/consume/control.ts'
import { load } from '../guards/consume/load.ts'
import { observerComplete } from '../guards/consume/observer-complete.ts'
import { rebalance } from '../guards/consume/rebalance.ts'
import { recovery } from '../guards/consume/recovery.ts'
import { instruments } from '../guards/instruments.ts'
import { ConsumerView } from '../history/consumer-view.ts'
import type { ConsumerPlan } from '../history/plan.ts'
import type { Jurisdiction } from '../jurisdiction.ts'

/** Consumers: what was delivered takes effect once, or is kept as a dead letter. */
export const consuming: Jurisdiction<ConsumerPlan, ConsumerView> = {
  view: (events, plan) => new ConsumerView(events, plan),
  checkers: CHECKERS,
  edits: EDITS,
  // A blind witness before a fault that seems not to bite.
  guards: [observerComplete, instruments, bite, load, recovery, rebalance, control, asserted, checkerAlive],
  subject: (view) => ({ kind: 'consumer', subject: view.plan.consumer.name, figures: view.figures() }),
}
