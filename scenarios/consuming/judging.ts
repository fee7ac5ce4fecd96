import { exportsIn } from '../../core/module-folder.ts'
import { asserted } from '../../proof/guards/asserted.ts'
import { control } from '../../proof/guards/control.ts'
import { faultsHealed } from '../../proof/guards/faults-healed.ts'
import { mutationsFound } from '../../proof/guards/mutations-found.ts'
import { tookEffect } from '../../proof/guards/took-effect.ts'
import type { View } from '../../proof/history/view.ts'
import type { Judging } from '../../proof/kind.ts'
import type { Predicate } from '../../proof/predicate.ts'
import { ANTI_PATTERNS, observationOf } from '../observation.ts'
import { isPredicate as isProducerPredicate } from '../predicates/predicate.ts'
import { attributedCalls } from './guards/attributed-calls.ts'
import { flow } from './guards/flow.ts'
import { load } from './guards/load.ts'
import { observerComplete } from './guards/observer-complete.ts'
import { rebalance } from './guards/rebalance.ts'
import { recovery } from './guards/recovery.ts'
import { concerns, unmeasured } from './measured.ts'
import { type ConsumerPlan, isConsumerPlan } from './plan.ts'
import { isPredicate } from './predicate.ts'
import { consumerFigures } from './view/consumer-figures.ts'
import { ConsumerView } from './view/consumer-view.ts'
import { seenIn } from './view/seen.ts'

const predicates: readonly Predicate<ConsumerView>[] = [
  ...(await exportsIn(new URL('./predicates/', import.meta.url), isPredicate)),
  ...(await exportsIn(new URL('../predicates/', import.meta.url), isProducerPredicate)),
]

/** How such a subject is judged. */
export const judging = {
  id: 'consuming',
  isPlan: isConsumerPlan,
  view: (plan: ConsumerPlan) => new ConsumerView(plan),
  isView: (view: View) => view instanceof ConsumerView,
  predicates,
  families: ['IC', 'RD', 'OR', 'CG', 'PC', 'CE', 'TP', 'SR', 'TR', 'EV'],
  // A blind observer before a fault that seems to take no effect.
  guards: [
    observerComplete,
    faultsHealed,
    attributedCalls,
    tookEffect,
    load,
    recovery,
    rebalance,
    control(flow),
    asserted,
    mutationsFound,
  ],
  subject: (view: ConsumerView) => ({ subject: view.plan.consumer.name, figures: consumerFigures(view) }),
  antiPatterns: ANTI_PATTERNS,
  observe: (view: ConsumerView) => observationOf(seenIn(view), view.plan.consumer.service),
  unmeasured,
  concerns,
} satisfies Omit<Judging<ConsumerPlan, ConsumerView>, 'windows'>
