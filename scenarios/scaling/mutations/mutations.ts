import type { Mutation } from '../../../proof/mutation.ts'
import type { ScalingView } from '../view/scaling-view.ts'
import { addReplicas } from './add-replicas.ts'
import { delayEffect } from './delay-effect.ts'
import { holdBack } from './hold-back.ts'
import { leavePaused } from './leave-paused.ts'
import { loseAtZero } from './lose-at-zero.ts'
import { repeatEffect } from './repeat-effect.ts'
import { silenceKeda } from './silence-keda.ts'
import { wakeAtRest } from './wake-at-rest.ts'

/** One mutation a predicate, by the predicate's id. */
export const MUTATIONS: ReadonlyMap<string, Mutation<ScalingView>> = new Map(
  [wakeAtRest, silenceKeda, loseAtZero, delayEffect, addReplicas, repeatEffect, leavePaused, holdBack].map(
    (mutation) => [mutation.predicate, mutation],
  ),
)
