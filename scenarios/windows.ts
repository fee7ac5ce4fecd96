import type { JudgedWindow } from '../proof/window.ts'
import { abortedTransaction } from './consuming/windows/aborted-transaction.ts'
import { attemptsFail } from './consuming/windows/attempts-fail.ts'
import { coldStart } from './consuming/windows/cold-start.ts'
import { concurrentCopies } from './consuming/windows/concurrent-copies.ts'
import { copiesAfterRedrive } from './consuming/windows/copies-after-redrive.ts'
import { copiesBackToBack } from './consuming/windows/copies-back-to-back.ts'
import { copyAfterRebalance } from './consuming/windows/copy-after-rebalance.ts'
import { copyAfterRestart } from './consuming/windows/copy-after-restart.ts'
import { deadLetterNotCommitted } from './consuming/windows/dead-letter-not-committed.ts'
import { deadLettersMissing, deadLettersUnavailable } from './consuming/windows/dead-letters-unavailable.ts'
import { effectHeld } from './consuming/windows/effect-held.ts'
import { effectNotCommitted } from './consuming/windows/effect-not-committed.ts'
import { largeEvents } from './consuming/windows/large-events.ts'
import { lateCopy } from './consuming/windows/late-copy.ts'
import { offsetNotCommitted } from './consuming/windows/offset-not-committed.ts'
import { otherIdSameBody, sameIdOtherBody } from './consuming/windows/other-body.ts'
import { redriveApproved, redriveGivenUp } from './consuming/windows/redriven.ts'
import { retryWaits } from './consuming/windows/retry-waits.ts'
import { rollingRestart } from './consuming/windows/rolling-restart.ts'
import { slowWork } from './consuming/windows/slow-work.ts'
import { zombie } from './consuming/windows/zombie.ts'
import { acknowledgementLost } from './publishing/windows/acknowledgement-lost.ts'
import { beforeCommit } from './publishing/windows/before-commit.ts'
import { claimedRows } from './publishing/windows/claimed-rows.ts'
import { commitInDoubt } from './publishing/windows/commit-in-doubt.ts'
import { committedNotPublished } from './publishing/windows/committed-not-published.ts'
import { heldUncommitted, lateCommit } from './publishing/windows/held-commit.ts'
import { idlePublisher } from './publishing/windows/idle-publisher.ts'
import { nextAcknowledgementLate, nextAcknowledgementLost } from './publishing/windows/next-request.ts'
import { offsetNotFlushed } from './publishing/windows/offset-not-flushed.ts'
import { publishedNotMarked } from './publishing/windows/published-not-marked.ts'
import { requestRefused } from './publishing/windows/request-refused.ts'
import { slotLost } from './publishing/windows/slot-lost.ts'
import { streamInterrupted } from './publishing/windows/stream-interrupted.ts'
import { takenOver } from './publishing/windows/taken-over.ts'
import { twoRelays } from './publishing/windows/two-relays.ts'
import { oversizedEvent, unreadableEvent } from './publishing/windows/undeliverable.ts'
import { cutOffAtWork } from './scaling/windows/cut-off-at-work.ts'
import { longSilence } from './scaling/windows/long-silence.ts'
import { longWork } from './scaling/windows/long-work.ts'
import { metricsGone } from './scaling/windows/metrics-gone.ts'
import { midEffect } from './scaling/windows/mid-effect.ts'
import { scalerCutOff } from './scaling/windows/scaler-cut-off.ts'

/** Every window that can be entered, by its id: for judging a history again. */
export const WINDOWS: ReadonlyMap<string, JudgedWindow> = new Map(
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
  ].map((window): [string, JudgedWindow] => [window.id, window]),
)
