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
import { flow } from './guards/flow.ts'
import { load } from './guards/load.ts'
import { observerComplete } from './guards/observer-complete.ts'
import { recovery } from './guards/recovery.ts'
import { concerns, unmeasured } from './measured.ts'
import { isPublisherPlan, type PublisherPlan } from './plan.ts'
import { isPredicate } from './predicate.ts'
import { publisherFigures } from './view/publisher-figures.ts'
import { PublisherView } from './view/publisher-view.ts'
import { seenIn } from './view/seen.ts'

const predicates: readonly Predicate<PublisherView>[] = [
  ...(await exportsIn(new URL('./predicates/', import.meta.url), isPredicate)),
  ...(await exportsIn(new URL('../predicates/', import.meta.url), isProducerPredicate)),
]

/** How such a subject is judged. */
export const judging = {
  id: 'publishing',
  isPlan: isPublisherPlan,
  view: (plan: PublisherPlan) => new PublisherView(plan),
  isView: (view: View) => view instanceof PublisherView,
  predicates,
  families: ['OA', 'OR', 'PC', 'PS', 'CE', 'TP', 'SR', 'TR'],
  // A blind observer before a fault that seems to take no effect.
  guards: [
    observerComplete,
    faultsHealed,
    tookEffect,
    load,
    recovery,
    control(flow),
    asserted,
    mutationsFound,
  ],
  subject: (view: PublisherView) => ({
    subject: view.plan.publisher.name,
    relay: view.plan.publisher.relay,
    figures: publisherFigures(view),
  }),
  antiPatterns: ANTI_PATTERNS,
  observe: (view: PublisherView) => observationOf(seenIn(view), view.plan.publisher.service),
  unmeasured,
  concerns,
} satisfies Omit<Judging<PublisherPlan, PublisherView>, 'windows'>
