import type { Predicate } from '../../../proof/predicate.ts'
import type { ScalingView } from '../view/scaling-view.ts'
import { activation } from './activation.ts'
import { atRest } from './at-rest.ts'
import { boundedReplicas } from './bounded-replicas.ts'
import { cleanManifests } from './clean-manifests.ts'
import { drained } from './drained.ts'
import { enoughReplicas } from './enough-replicas.ts'
import { nothingMissed } from './nothing-missed.ts'
import { returnToZero } from './return-to-zero.ts'

/** Every predicate that a plan for a scaled workload may name, by its id. */
export const PREDICATES: ReadonlyMap<string, Predicate<ScalingView>> = new Map(
  [
    atRest,
    activation,
    nothingMissed,
    returnToZero,
    boundedReplicas,
    drained,
    cleanManifests,
    enoughReplicas,
  ].map((predicate) => [predicate.id, predicate]),
)
