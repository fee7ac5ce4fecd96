import type { Mutation } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { answerAgain } from './answer-again.ts'
import { assignEagerly } from './assign-eagerly.ts'
import { commitEarly } from './commit-early.ts'
import { doubleEffect } from './double-effect.ts'
import { dropDeadLetter } from './drop-dead-letter.ts'
import { dropEffect } from './drop-effect.ts'
import { dropKey } from './drop-key.ts'
import { dropProducerId } from './drop-producer-id.ts'
import { dropWhileDown } from './drop-while-down.ts'
import { forgetEvent } from './forget-event.ts'
import { holdUp } from './hold-up.ts'
import { killRedriven } from './kill-redriven.ts'
import { lowerVersion } from './lower-version.ts'
import { mangleDeadLetter } from './mangle-dead-letter.ts'
import { mistakeEvent } from './mistake-event.ts'
import { multiplyDeadLetter } from './multiply-dead-letter.ts'
import { parkAgain } from './park-again.ts'
import { retryTooSoon } from './retry-too-soon.ts'
import { reviveZombie } from './revive-zombie.ts'
import { silenceAlert } from './silence-alert.ts'
import { skipAfterMove } from './skip-after-move.ts'
import { splitDedupe } from './split-dedupe.ts'
import { stopPartition } from './stop-partition.ts'
import { swapEffects } from './swap-effects.ts'
import { takePartitions } from './take-partitions.ts'
import { tryInVain } from './try-in-vain.ts'
import { tryOn } from './try-on.ts'
import { weakenAcks } from './weaken-acks.ts'

/** One mutation a predicate, by the predicate's id. */
export const MUTATIONS: ReadonlyMap<string, Mutation<ConsumerView>> = new Map(
  [
    doubleEffect,
    splitDedupe,
    commitEarly,
    reviveZombie,
    mistakeEvent,
    answerAgain,
    forgetEvent,
    dropKey,
    tryOn,
    retryTooSoon,
    dropDeadLetter,
    mangleDeadLetter,
    tryInVain,
    holdUp,
    dropWhileDown,
    dropEffect,
    killRedriven,
    multiplyDeadLetter,
    silenceAlert,
    parkAgain,
    swapEffects,
    skipAfterMove,
    lowerVersion,
    assignEagerly,
    stopPartition,
    takePartitions,
    weakenAcks,
    dropProducerId,
  ].map((mutation) => [mutation.predicate, mutation]),
)
