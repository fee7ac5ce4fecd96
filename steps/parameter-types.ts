import { defineParameterType } from '@cucumber/cucumber'
import * as consumerFaults from '../scenarios/consuming/consumer-faults.ts'
import type { ConsumerTestbed } from '../scenarios/consuming/testbed/consumer-testbed.ts'
import { abortedTransaction } from '../scenarios/consuming/windows/aborted-transaction.ts'
import { attemptsFail } from '../scenarios/consuming/windows/attempts-fail.ts'
import { coldStart } from '../scenarios/consuming/windows/cold-start.ts'
import { concurrentCopies } from '../scenarios/consuming/windows/concurrent-copies.ts'
import { copiesAfterRedrive } from '../scenarios/consuming/windows/copies-after-redrive.ts'
import { copiesBackToBack } from '../scenarios/consuming/windows/copies-back-to-back.ts'
import { copyAfterRebalance } from '../scenarios/consuming/windows/copy-after-rebalance.ts'
import { copyAfterRestart } from '../scenarios/consuming/windows/copy-after-restart.ts'
import { deadLetterNotCommitted } from '../scenarios/consuming/windows/dead-letter-not-committed.ts'
import {
  deadLettersMissing,
  deadLettersUnavailable,
} from '../scenarios/consuming/windows/dead-letters-unavailable.ts'
import { effectHeld } from '../scenarios/consuming/windows/effect-held.ts'
import { effectNotCommitted } from '../scenarios/consuming/windows/effect-not-committed.ts'
import { largeEvents } from '../scenarios/consuming/windows/large-events.ts'
import { lateCopy } from '../scenarios/consuming/windows/late-copy.ts'
import { offsetNotCommitted } from '../scenarios/consuming/windows/offset-not-committed.ts'
import { otherIdSameBody, sameIdOtherBody } from '../scenarios/consuming/windows/other-body.ts'
import { redriveApproved, redriveGivenUp } from '../scenarios/consuming/windows/redriven.ts'
import { retryWaits } from '../scenarios/consuming/windows/retry-waits.ts'
import { rollingRestart } from '../scenarios/consuming/windows/rolling-restart.ts'
import { slowWork } from '../scenarios/consuming/windows/slow-work.ts'
import { zombie } from '../scenarios/consuming/windows/zombie.ts'
import * as faults from '../scenarios/publishing/relay-faults.ts'
import { acknowledgementLost } from '../scenarios/publishing/windows/acknowledgement-lost.ts'
import { beforeCommit } from '../scenarios/publishing/windows/before-commit.ts'
import { claimedRows } from '../scenarios/publishing/windows/claimed-rows.ts'
import { commitInDoubt } from '../scenarios/publishing/windows/commit-in-doubt.ts'
import { committedNotPublished } from '../scenarios/publishing/windows/committed-not-published.ts'
import { heldUncommitted, lateCommit } from '../scenarios/publishing/windows/held-commit.ts'
import { idlePublisher } from '../scenarios/publishing/windows/idle-publisher.ts'
import { offsetNotFlushed } from '../scenarios/publishing/windows/offset-not-flushed.ts'
import { publishedNotMarked } from '../scenarios/publishing/windows/published-not-marked.ts'
import { requestRefused } from '../scenarios/publishing/windows/request-refused.ts'
import { slotLost } from '../scenarios/publishing/windows/slot-lost.ts'
import { streamInterrupted } from '../scenarios/publishing/windows/stream-interrupted.ts'
import { takenOver } from '../scenarios/publishing/windows/taken-over.ts'
import { twoRelays } from '../scenarios/publishing/windows/two-relays.ts'
import { oversizedEvent, unreadableEvent } from '../scenarios/publishing/windows/undeliverable.ts'
import * as podFaults from '../scenarios/scaling/pod-faults.ts'
import type { ScalingTestbed } from '../scenarios/scaling/testbed/scaling-testbed.ts'
import { cutOffAtWork } from '../scenarios/scaling/windows/cut-off-at-work.ts'
import { longSilence } from '../scenarios/scaling/windows/long-silence.ts'
import { longWork } from '../scenarios/scaling/windows/long-work.ts'
import { metricsGone } from '../scenarios/scaling/windows/metrics-gone.ts'
import { midEffect } from '../scenarios/scaling/windows/mid-effect.ts'
import { scalerCutOff } from '../scenarios/scaling/windows/scaler-cut-off.ts'
import type { ScalingWindow } from '../scenarios/scaling/windows/scaling-window.ts'
import type { Fault, Window } from '../scenarios/window.ts'

const WINDOWS: Readonly<Record<string, Window>> = {
  'a commit has not taken effect yet': beforeCommit,
  'the answer to a commit is lost': commitInDoubt,
  'a committed change is not published yet': committedNotPublished,
  'a stored record is not acknowledged': acknowledgementLost,
  'a published record is not marked yet': publishedNotMarked,
  'a commit is held back and others go on': heldUncommitted,
  'a change commits later than younger ones': lateCommit,
  'one of two relays is stuck with its work': twoRelays,
  'one of two relays has not marked what it published': takenOver,
  'the relay has claimed work': claimedRows,
  'a published record’s position is not stored yet': offsetNotFlushed,
  'the stream’s position in the database is lost': slotLost,
  'changes are streamed': streamInterrupted,
  'the broker refuses one request and takes later ones': requestRefused,
  'others write while nothing is to be published': idlePublisher,
  'an event can not be read by its relay': unreadableEvent,
  'an event is larger than the broker takes': oversizedEvent,
}

const FAULTS: Readonly<Record<string, Fault>> = {
  'the relay is killed': faults.killRelay,
  'the relay at work is killed': faults.killRelayAtWork,
  'the service is killed': faults.killService,
  'the database ends the session': faults.endSession,
  'the database crashes': faults.crashDatabase,
  'the connector is restarted': faults.restartConnector,
  'the database ends the stream': faults.endStream,
  'the connector’s worker is killed': faults.killConnect,
}

function phrases<T>(name: string, known: Readonly<Record<string, T>>): void {
  defineParameterType({ name, regexp: Object.keys(known), transformer: (phrase: string) => known[phrase] })
}

const CONSUMER_WINDOWS: Readonly<Record<string, Window<ConsumerTestbed>>> = {
  'an effect is durable and its progress is not stored': offsetNotCommitted,
  'an effect is not durable yet': effectNotCommitted,
  'an effect is held back': effectHeld,
  'an event comes twice in a row': copiesBackToBack,
  'an event comes again after newer ones of its key': lateCopy,
  'two instances get the same event at once': concurrentCopies,
  'an event comes again after a restart': copyAfterRestart,
  'a dead letter comes again twice': copiesAfterRedrive,
  'an event comes again to another instance': copyAfterRebalance,
  'an event’s id comes again with another body': sameIdOtherBody,
  'another event comes with the same body': otherIdSameBody,
  'events wait for a group that has no progress': coldStart,
  'an event’s Kafka transaction is aborted': abortedTransaction,
  'a member that lost its partitions goes on with its work': zombie,
  'work takes longer than the group waits for': slowWork,
  'its instances are restarted one after the other': rollingRestart,
  'attempts at events fail': attemptsFail,
  'large events fail': largeEvents,
  'a retry waits until it is due': retryWaits,
  'a dead letter is approved when its cause is gone': redriveApproved,
  'dead letters fail after every redrive': redriveGivenUp,
  'retries and dead letters can not be stored': deadLettersUnavailable,
  'the dead-letter topic does not exist': deadLettersMissing,
  'a dead letter is stored and its progress is not': deadLetterNotCommitted,
}

const CONSUMER_FAULTS: Readonly<Record<string, Fault<ConsumerTestbed>>> = {
  'the consumer is killed': consumerFaults.killConsumer,
  'the consumer is told to end': consumerFaults.stopConsumer,
  'the database ends the consumer’s session': consumerFaults.endConsumerSession,
}

phrases('window', WINDOWS)
phrases('fault', FAULTS)
phrases('consumer-window', CONSUMER_WINDOWS)
phrases('consumer-fault', CONSUMER_FAULTS)

const SCALING_WINDOWS: Readonly<Record<string, ScalingWindow>> = {
  'a pod is in the middle of an effect': midEffect,
  'the scaler is cut off from the broker': scalerCutOff,
  'the scaler is cut off while consumers work': cutOffAtWork,
  'the scaler’s metrics are gone when more consumers are needed': metricsGone,
  'work takes longer than it may be idle': longWork,
  'so long nothing comes that records and progress expire': longSilence,
}

const SCALING_FAULTS: Readonly<Record<string, Fault<ScalingTestbed>>> = {
  'the pod is killed': podFaults.killPod,
  'the pod is told to stop': podFaults.stopPod,
}

phrases('scaling-window', SCALING_WINDOWS)
phrases('scaling-fault', SCALING_FAULTS)
