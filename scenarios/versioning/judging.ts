import { exportsIn } from '../../core/module-folder.ts'
import { asserted } from '../../proof/guards/asserted.ts'
import { faultsHealed } from '../../proof/guards/faults-healed.ts'
import { mutationsFound } from '../../proof/guards/mutations-found.ts'
import { tookEffect } from '../../proof/guards/took-effect.ts'
import type { View } from '../../proof/history/view.ts'
import type { Judging } from '../../proof/kind.ts'
import { registryAsked } from './guards/registry-asked.ts'
import { isVersioningPlan, type VersioningPlan } from './plan.ts'
import { isPredicate } from './predicate.ts'
import { versioningFigures } from './view/versioning-figures.ts'
import { VersioningView } from './view/versioning-view.ts'

/** How such a subject is judged. */
export const judging = {
  id: 'versioning',
  isPlan: isVersioningPlan,
  view: (plan: VersioningPlan) => new VersioningView(plan),
  isView: (view: View) => view instanceof VersioningView,
  predicates: await exportsIn(new URL('./predicates/', import.meta.url), isPredicate),
  families: ['SC'],
  guards: [registryAsked, faultsHealed, tookEffect, asserted, mutationsFound],
  subject: (view: VersioningView) => ({
    subject: view.plan.schemas.name,
    figures: versioningFigures(view),
  }),
} satisfies Omit<Judging<VersioningPlan, VersioningView>, 'windows'>
