import { exportsIn } from '../../core/module-folder.ts'
import { asserted } from '../../proof/guards/asserted.ts'
import { control } from '../../proof/guards/control.ts'
import { faultsHealed } from '../../proof/guards/faults-healed.ts'
import { mutationsFound } from '../../proof/guards/mutations-found.ts'
import { tookEffect } from '../../proof/guards/took-effect.ts'
import type { View } from '../../proof/history/view.ts'
import type { Judging } from '../../proof/kind.ts'
import { flow } from './guards/flow.ts'
import { load } from './guards/load.ts'
import { observerComplete } from './guards/observer-complete.ts'
import { isMonitoringPlan, type MonitoringPlan } from './plan.ts'
import { isPredicate } from './predicate.ts'
import { monitoringFigures } from './view/monitoring-figures.ts'
import { MonitoringView } from './view/monitoring-view.ts'

/** How such a subject is judged. */
export const judging = {
  id: 'monitoring',
  isPlan: isMonitoringPlan,
  view: (plan: MonitoringPlan) => new MonitoringView(plan),
  isView: (view: View) => view instanceof MonitoringView,
  predicates: await exportsIn(new URL('./predicates/', import.meta.url), isPredicate),
  families: ['LG'],
  guards: [observerComplete, faultsHealed, tookEffect, load, control(flow), asserted, mutationsFound],
  subject: (view: MonitoringView) => ({
    subject: view.plan.monitoring.name,
    figures: monitoringFigures(view),
  }),
} satisfies Omit<Judging<MonitoringPlan, MonitoringView>, 'windows'>
