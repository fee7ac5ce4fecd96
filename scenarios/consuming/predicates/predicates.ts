import type { Predicate } from '../../../proof/predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { acknowledgedByAll } from './acknowledged-by-all.ts'
import { atomicDedupe } from './atomic-dedupe.ts'
import { conservation } from './conservation.ts'
import { deadLettersArrive } from './dead-letters-arrive.ts'
import { declaredAttempts } from './declared-attempts.ts'
import { declaredDelays } from './declared-delays.ts'
import { effectBeforeOffset } from './effect-before-offset.ts'
import { enoughPartitions } from './enough-partitions.ts'
import { exactlyOneEffect } from './exactly-one-effect.ts'
import { faithfulDeadLetters } from './faithful-dead-letters.ts'
import { idempotentProducers } from './idempotent-producers.ts'
import { incrementalAssignment } from './incremental-assignment.ts'
import { isolatedFailures } from './isolated-failures.ts'
import { keyedCalls } from './keyed-calls.ts'
import { longMemory } from './long-memory.ts'
import { noDeadLetterLoop } from './no-dead-letter-loop.ts'
import { noFalseMatch } from './no-false-match.ts'
import { noFutileRetry } from './no-futile-retry.ts'
import { noGapAfterRewind } from './no-gap-after-rewind.ts'
import { noStopTheWorld } from './no-stop-the-world.ts'
import { noZombies } from './no-zombies.ts'
import { orderPerKey } from './order-per-key.ts'
import { outputFollowsState } from './output-follows-state.ts'
import { putAside } from './put-aside.ts'
import { redrive } from './redrive.ts'
import { toldDeadLetters } from './told-dead-letters.ts'
import { unavailableDeadLetters } from './unavailable-dead-letters.ts'
import { versionsRise } from './versions-rise.ts'

/** Every predicate that a consumer's plan may name, by its id. */
export const PREDICATES: ReadonlyMap<string, Predicate<ConsumerView>> = new Map(
  [
    exactlyOneEffect,
    atomicDedupe,
    effectBeforeOffset,
    noZombies,
    noFalseMatch,
    outputFollowsState,
    longMemory,
    keyedCalls,
    declaredAttempts,
    declaredDelays,
    deadLettersArrive,
    faithfulDeadLetters,
    noFutileRetry,
    isolatedFailures,
    unavailableDeadLetters,
    conservation,
    redrive,
    noDeadLetterLoop,
    toldDeadLetters,
    putAside,
    orderPerKey,
    noGapAfterRewind,
    versionsRise,
    incrementalAssignment,
    noStopTheWorld,
    enoughPartitions,
    acknowledgedByAll,
    idempotentProducers,
  ].map((predicate) => [predicate.id, predicate]),
)
