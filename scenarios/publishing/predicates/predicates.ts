import type { Predicate } from '../../../proof/predicate.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { acknowledgedByAll } from './acknowledged-by-all.ts'
import { honestAcknowledgement } from './honest-acknowledgement.ts'
import { idempotentProducers } from './idempotent-producers.ts'
import { noLostEvent } from './no-lost-event.ts'
import { noPhantomEvent } from './no-phantom-event.ts'
import { notBeforeCommit } from './not-before-commit.ts'
import { onePartitionPerKey } from './one-partition-per-key.ts'
import { oneTransaction } from './one-transaction.ts'
import { orderPerKey } from './order-per-key.ts'
import { payloadBelowLimit } from './payload-below-limit.ts'
import { samePayload } from './same-payload.ts'
import { steadyProgress } from './steady-progress.ts'
import { tameDuplicates } from './tame-duplicates.ts'

/** Every predicate that a plan may name, by its id. */
export const PREDICATES: ReadonlyMap<string, Predicate<PublisherView>> = new Map(
  [
    noLostEvent,
    noPhantomEvent,
    notBeforeCommit,
    samePayload,
    oneTransaction,
    tameDuplicates,
    honestAcknowledgement,
    steadyProgress,
    orderPerKey,
    onePartitionPerKey,
    acknowledgedByAll,
    idempotentProducers,
    payloadBelowLimit,
  ].map((predicate) => [predicate.id, predicate]),
)
