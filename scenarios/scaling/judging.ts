import { exportsIn } from '../../core/module-folder.ts'
import { asserted } from '../../proof/guards/asserted.ts'
import { faultsHealed } from '../../proof/guards/faults-healed.ts'
import { mutationsFound } from '../../proof/guards/mutations-found.ts'
import { tookEffect } from '../../proof/guards/took-effect.ts'
import type { View } from '../../proof/history/view.ts'
import type { Judging } from '../../proof/kind.ts'
import { load } from './guards/load.ts'
import { observerComplete } from './guards/observer-complete.ts'
import { threshold } from './guards/threshold.ts'
import { zeroReal } from './guards/zero-real.ts'
import { isScalingPlan, type ScalingPlan } from './plan.ts'
import { isPredicate } from './predicate.ts'
import { scalingFigures } from './view/scaling-figures.ts'
import { ScalingView } from './view/scaling-view.ts'

/** How such a subject is judged. */
export const judging = {
  id: 'scaling',
  isPlan: isScalingPlan,
  view: (plan: ScalingPlan) => new ScalingView(plan),
  isView: (view: View) => view instanceof ScalingView,
  predicates: await exportsIn(new URL('./predicates/', import.meta.url), isPredicate),
  families: ['SZ'],
  // A blind observer before a zero that seems unreal, and that before a fault that seems to take no effect.
  guards: [observerComplete, faultsHealed, zeroReal, threshold, tookEffect, load, asserted, mutationsFound],
  subject: (view: ScalingView) => ({ subject: view.plan.scaling.name, figures: scalingFigures(view) }),
} satisfies Omit<Judging<ScalingPlan, ScalingView>, 'windows'>
