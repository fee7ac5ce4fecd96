import { CHECKERS } from '../checkers/scale/checkers.ts'
import { EDITS } from '../edits/scale/edits.ts'
import { asserted } from '../guards/asserted.ts'
import { bite } from '../guards/bite.ts'
import { checkerAlive } from '../guards/checker-alive.ts'
import { instruments } from '../guards/instruments.ts'
import { load } from '../guards/scale/load.ts'
import { observerComplete } from '../guards/scale/observer-complete.ts'
import { threshold } from '../guards/scale/threshold.ts'
import { zeroReal } from '../guards/scale/zero-real.ts'
import type { ScalingPlan } from '../history/plan.ts'
import { ScalingView } from '../history/scaling-view.ts'
import type { Jurisdiction } from '../jurisdiction.ts'

/** Scaled workloads: from zero and back, and nothing is missed. */
export const scaling: Jurisdiction<ScalingPlan, ScalingView> = {
  view: (events, plan) => new ScalingView(events, plan),
  checkers: CHECKERS,
  edits: EDITS,
  // A blind witness before a zero that seems unreal, and that before a fault that seems not to bite.
  guards: [observerComplete, instruments, zeroReal, threshold, bite, load, asserted, checkerAlive],
  subject: (view) => ({ kind: 'scaling', subject: view.plan.scaling.name, figures: view.figures() }),
}
