import { asserted } from '../../proof/guards/asserted.ts'
import { faultsHealed } from '../../proof/guards/faults-healed.ts'
import { mutationsFound } from '../../proof/guards/mutations-found.ts'
import { tookEffect } from '../../proof/guards/took-effect.ts'
import type { PublisherPlan } from '../../proof/history/plan.ts'
import type { Kind } from '../../proof/kind.ts'
import { control } from './guards/control.ts'
import { load } from './guards/load.ts'
import { observerComplete } from './guards/observer-complete.ts'
import { recovery } from './guards/recovery.ts'
import { MUTATIONS } from './mutations/mutations.ts'
import { PREDICATES } from './predicates/predicates.ts'
import { PublisherView } from './view/publisher-view.ts'

/** Publishers: what was committed is on the log. */
export const publishing: Kind<PublisherPlan, PublisherView> = {
  view: (events, plan) => new PublisherView(events, plan),
  predicates: PREDICATES,
  mutations: MUTATIONS,
  // A blind observer before a fault that seems not to fault.
  guards: [observerComplete, faultsHealed, tookEffect, load, recovery, control, asserted, mutationsFound],
  subject: (view) => ({
    kind: 'publisher',
    subject: view.plan.publisher.name,
    relay: view.plan.publisher.relay,
    figures: view.figures(),
  }),
}
