import { CHECKERS } from './predicates/predicates.ts'
import { EDITS } from './mutations/mutations.ts'
import { asserted } from '../../proof/guards/asserted.ts'
import { bite } from '../../proof/guards/took-effect.ts'
import { checkerAlive } from '../../proof/guards/mutations-found.ts'
import { instruments } from '../../proof/guards/faults-healed.ts'
import { load } from './guards/load.ts'
import { observerComplete } from './guards/observer-complete.ts'
import { threshold } from './guards/threshold.ts'
import { zeroReal } from './guards/zero-real.ts'
import type { ScalingPlan } from '../../proof/history/plan.ts'
import { ScalingView } from './view/scaling-view.ts'
import type { Jurisdiction } from '../../proof/kind.ts'

/** Scaled workloads: from zero and back, and nothing is missed. */
export const scaling: Jurisdiction<ScalingPlan, ScalingView> = {
  view: (events, plan) => new ScalingView(events, plan),
  checkers: CHECKERS,
  edits: EDITS,
  // A blind witness before a zero that seems unreal, and that before a fault that seems not to bite.
  guards: [observerComplete, instruments, zeroReal, threshold, bite, load, asserted, checkerAlive],
  subject: (view) => ({ kind: 'scaling', subject: view.plan.scaling.name, figures: view.figures() }),
}
