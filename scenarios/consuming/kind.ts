import { asserted } from '../../proof/guards/asserted.ts'
import { faultsHealed } from '../../proof/guards/faults-healed.ts'
import { mutationsFound } from '../../proof/guards/mutations-found.ts'
import { tookEffect } from '../../proof/guards/took-effect.ts'
import type { ConsumerPlan } from '../../proof/history/plan.ts'
import type { Kind } from '../../proof/kind.ts'
import { control } from './guards/control.ts'
import { load } from './guards/load.ts'
import { observerComplete } from './guards/observer-complete.ts'
import { rebalance } from './guards/rebalance.ts'
import { recovery } from './guards/recovery.ts'
import { MUTATIONS } from './mutations/mutations.ts'
import { PREDICATES } from './predicates/predicates.ts'
import { ConsumerView } from './view/consumer-view.ts'

/** Consumers: what was delivered takes effect once, or is kept as a dead letter. */
export const consuming: Kind<ConsumerPlan, ConsumerView> = {
  view: (events, plan) => new ConsumerView(events, plan),
  predicates: PREDICATES,
  mutations: MUTATIONS,
  // A blind observer before a fault that seems not to fault.
  guards: [
    observerComplete,
    faultsHealed,
    tookEffect,
    load,
    recovery,
    rebalance,
    control,
    asserted,
    mutationsFound,
  ],
  subject: (view) => ({ kind: 'consumer', subject: view.plan.consumer.name, figures: view.figures() }),
}
