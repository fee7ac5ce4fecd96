import { asserted } from '../../proof/guards/asserted.ts'
import { faultsHealed } from '../../proof/guards/faults-healed.ts'
import { mutationsFound } from '../../proof/guards/mutations-found.ts'
import { tookEffect } from '../../proof/guards/took-effect.ts'
import type { ScalingPlan } from '../../proof/history/plan.ts'
import type { Kind } from '../../proof/kind.ts'
import { load } from './guards/load.ts'
import { observerComplete } from './guards/observer-complete.ts'
import { threshold } from './guards/threshold.ts'
import { zeroReal } from './guards/zero-real.ts'
import { MUTATIONS } from './mutations/mutations.ts'
import { PREDICATES } from './predicates/predicates.ts'
import { ScalingView } from './view/scaling-view.ts'

/** Scaled workloads: from zero and back, and nothing is missed. */
export const scaling: Kind<ScalingPlan, ScalingView> = {
  view: (events, plan) => new ScalingView(events, plan),
  predicates: PREDICATES,
  mutations: MUTATIONS,
  // A blind observer before a zero that seems unreal, and that before a fault that seems not to fault.
  guards: [observerComplete, faultsHealed, zeroReal, threshold, tookEffect, load, asserted, mutationsFound],
  subject: (view) => ({ kind: 'scaling', subject: view.plan.scaling.name, figures: view.figures() }),
}
