import type { Window } from '../proof/window.ts'
import { attemptsFail } from './dead-letters/attempts-fail.ts'
import { deadLetterNotCommitted } from './dead-letters/dead-letter-not-committed.ts'
import { deadLettersMissing, deadLettersUnavailable } from './dead-letters/dead-letters-unavailable.ts'
import { largeEvents } from './dead-letters/large-events.ts'
import { redriveApproved, redriveGivenUp } from './dead-letters/redriven.ts'
import { retryWaits } from './dead-letters/retry-waits.ts'
import { abortedTransaction } from './delivery/aborted-transaction.ts'
import { coldStart } from './delivery/cold-start.ts'
import { concurrentCopies } from './duplicate-tolerance/concurrent-copies.ts'
import { copiesAfterRedrive } from './duplicate-tolerance/copies-after-redrive.ts'
import { copiesBackToBack } from './duplicate-tolerance/copies-back-to-back.ts'
import { copyAfterRebalance } from './duplicate-tolerance/copy-after-rebalance.ts'
import { copyAfterRestart } from './duplicate-tolerance/copy-after-restart.ts'
import { effectHeld } from './duplicate-tolerance/effect-held.ts'
import { effectNotCommitted } from './duplicate-tolerance/effect-not-committed.ts'
import { lateCopy } from './duplicate-tolerance/late-copy.ts'
import { offsetNotCommitted } from './duplicate-tolerance/offset-not-committed.ts'
import { otherIdSameBody, sameIdOtherBody } from './duplicate-tolerance/other-body.ts'
import { acknowledgementLost } from './outbox-atomicity/acknowledgement-lost.ts'
import { beforeCommit } from './outbox-atomicity/before-commit.ts'
import { claimedRows } from './outbox-atomicity/claimed-rows.ts'
import { commitInDoubt } from './outbox-atomicity/commit-in-doubt.ts'
import { committedNotPublished } from './outbox-atomicity/committed-not-published.ts'
import { heldUncommitted, lateCommit } from './outbox-atomicity/held-commit.ts'
import { idlePublisher } from './outbox-atomicity/idle-publisher.ts'
import { nextAcknowledgementLate, nextAcknowledgementLost } from './outbox-atomicity/next-request.ts'
import { offsetNotFlushed } from './outbox-atomicity/offset-not-flushed.ts'
import { publishedNotMarked } from './outbox-atomicity/published-not-marked.ts'
import { requestRefused } from './outbox-atomicity/request-refused.ts'
import { slotLost } from './outbox-atomicity/slot-lost.ts'
import { streamInterrupted } from './outbox-atomicity/stream-interrupted.ts'
import { takenOver } from './outbox-atomicity/taken-over.ts'
import { twoRelays } from './outbox-atomicity/two-relays.ts'
import { oversizedEvent, unreadableEvent } from './outbox-atomicity/undeliverable.ts'
import { rollingRestart } from './rebalancing/rolling-restart.ts'
import { slowWork } from './rebalancing/slow-work.ts'
import { zombie } from './rebalancing/zombie.ts'
import { cutOffAtWork } from './scaling/cut-off-at-work.ts'
import { longSilence } from './scaling/long-silence.ts'
import { longWork } from './scaling/long-work.ts'
import { metricsGone } from './scaling/metrics-gone.ts'
import { midEffect } from './scaling/mid-effect.ts'
import { scalerCutOff } from './scaling/scaler-cut-off.ts'

/** Every window that can be entered, by its id: for judging a history again. */
export const WINDOWS: ReadonlyMap<string, Window> = new Map(
  [
    beforeCommit,
    commitInDoubt,
    committedNotPublished,
    acknowledgementLost,
    ...[nextAcknowledgementLost, nextAcknowledgementLate].map((window) => window('')),
    publishedNotMarked,
    heldUncommitted,
    lateCommit,
    twoRelays,
    takenOver,
    claimedRows,
    offsetNotFlushed,
    slotLost,
    streamInterrupted,
    unreadableEvent,
    oversizedEvent,
    requestRefused,
    idlePublisher,
    offsetNotCommitted,
    effectNotCommitted,
    effectHeld,
    copiesBackToBack,
    lateCopy,
    concurrentCopies,
    copiesAfterRedrive,
    copyAfterRestart,
    copyAfterRebalance,
    sameIdOtherBody,
    otherIdSameBody,
    coldStart,
    abortedTransaction,
    zombie,
    slowWork,
    rollingRestart,
    attemptsFail,
    deadLettersUnavailable,
    deadLettersMissing,
    deadLetterNotCommitted,
    largeEvents,
    retryWaits,
    redriveApproved,
    redriveGivenUp,
    midEffect,
    scalerCutOff,
    cutOffAtWork,
    metricsGone,
    longWork,
    longSilence,
  ].map((window): [string, Window] => [window.id, window]),
)
