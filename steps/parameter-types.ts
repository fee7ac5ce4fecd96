import { defineParameterType } from '@cucumber/cucumber'
import * as bites from '../scenarios/bites.ts'
import * as consumerBites from '../scenarios/consumer-bites.ts'
import type { ConsumerLaboratory } from '../scenarios/consumer-laboratory/consumer-laboratory.ts'
import { attemptsFail } from '../scenarios/dead-letters/attempts-fail.ts'
import { deadLetterNotCommitted } from '../scenarios/dead-letters/dead-letter-not-committed.ts'
import {
  deadLettersMissing,
  deadLettersUnavailable,
} from '../scenarios/dead-letters/dead-letters-unavailable.ts'
import { largeEvents } from '../scenarios/dead-letters/large-events.ts'
import { redriveApproved, redriveGivenUp } from '../scenarios/dead-letters/redriven.ts'
import { retryWaits } from '../scenarios/dead-letters/retry-waits.ts'
import { abortedTransaction } from '../scenarios/delivery/aborted-transaction.ts'
import { coldStart } from '../scenarios/delivery/cold-start.ts'
import { concurrentCopies } from '../scenarios/duplicate-tolerance/concurrent-copies.ts'
import { copiesAfterRedrive } from '../scenarios/duplicate-tolerance/copies-after-redrive.ts'
import { copiesBackToBack } from '../scenarios/duplicate-tolerance/copies-back-to-back.ts'
import { copyAfterRebalance } from '../scenarios/duplicate-tolerance/copy-after-rebalance.ts'
import { copyAfterRestart } from '../scenarios/duplicate-tolerance/copy-after-restart.ts'
import { effectHeld } from '../scenarios/duplicate-tolerance/effect-held.ts'
import { effectNotCommitted } from '../scenarios/duplicate-tolerance/effect-not-committed.ts'
import { lateCopy } from '../scenarios/duplicate-tolerance/late-copy.ts'
import { offsetNotCommitted } from '../scenarios/duplicate-tolerance/offset-not-committed.ts'
import { otherIdSameBody, sameIdOtherBody } from '../scenarios/duplicate-tolerance/other-body.ts'
import { acknowledgementLost } from '../scenarios/outbox-atomicity/acknowledgement-lost.ts'
import { beforeCommit } from '../scenarios/outbox-atomicity/before-commit.ts'
import { claimedRows } from '../scenarios/outbox-atomicity/claimed-rows.ts'
import { commitInDoubt } from '../scenarios/outbox-atomicity/commit-in-doubt.ts'
import { committedNotPublished } from '../scenarios/outbox-atomicity/committed-not-published.ts'
import { heldUncommitted, lateCommit } from '../scenarios/outbox-atomicity/held-commit.ts'
import { idlePublisher } from '../scenarios/outbox-atomicity/idle-publisher.ts'
import { offsetNotFlushed } from '../scenarios/outbox-atomicity/offset-not-flushed.ts'
import { publishedNotMarked } from '../scenarios/outbox-atomicity/published-not-marked.ts'
import { requestRefused } from '../scenarios/outbox-atomicity/request-refused.ts'
import { slotLost } from '../scenarios/outbox-atomicity/slot-lost.ts'
import { streamInterrupted } from '../scenarios/outbox-atomicity/stream-interrupted.ts'
import { takenOver } from '../scenarios/outbox-atomicity/taken-over.ts'
import { twoRelays } from '../scenarios/outbox-atomicity/two-relays.ts'
import { oversizedEvent, unreadableEvent } from '../scenarios/outbox-atomicity/undeliverable.ts'
import { rollingRestart } from '../scenarios/rebalancing/rolling-restart.ts'
import { slowWork } from '../scenarios/rebalancing/slow-work.ts'
import { zombie } from '../scenarios/rebalancing/zombie.ts'
import { cutOffAtWork } from '../scenarios/scaling/cut-off-at-work.ts'
import { longSilence } from '../scenarios/scaling/long-silence.ts'
import { longWork } from '../scenarios/scaling/long-work.ts'
import { metricsGone } from '../scenarios/scaling/metrics-gone.ts'
import { midEffect } from '../scenarios/scaling/mid-effect.ts'
import * as podBites from '../scenarios/scaling/pod-bites.ts'
import { scalerCutOff } from '../scenarios/scaling/scaler-cut-off.ts'
import type { ScalingLaboratory } from '../scenarios/scaling/scaling-laboratory.ts'
import type { ScalingWindow } from '../scenarios/scaling/scaling-window.ts'
import type { ArmedWindow, Bite } from '../scenarios/window.ts'

const WINDOWS: Readonly<Record<string, ArmedWindow>> = {
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

const BITES: Readonly<Record<string, Bite>> = {
  'the relay is killed': bites.killRelay,
  'the relay at work is killed': bites.killRelayAtWork,
  'the service is killed': bites.killService,
  'the database ends the session': bites.endSession,
  'the database crashes': bites.crashDatabase,
  'the connector is restarted': bites.restartConnector,
  'the database ends the stream': bites.endStream,
  'the connector’s worker is killed': bites.killConnect,
}

function phrases<T>(name: string, known: Readonly<Record<string, T>>): void {
  defineParameterType({ name, regexp: Object.keys(known), transformer: (phrase: string) => known[phrase] })
}

const CONSUMER_WINDOWS: Readonly<Record<string, ArmedWindow<ConsumerLaboratory>>> = {
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

const CONSUMER_BITES: Readonly<Record<string, Bite<ConsumerLaboratory>>> = {
  'the consumer is killed': consumerBites.killConsumer,
  'the consumer is told to end': consumerBites.stopConsumer,
  'the database ends the consumer’s session': consumerBites.endConsumerSession,
}

phrases('window', WINDOWS)
phrases('bite', BITES)
phrases('consumer-window', CONSUMER_WINDOWS)
phrases('consumer-bite', CONSUMER_BITES)

const SCALING_WINDOWS: Readonly<Record<string, ScalingWindow>> = {
  'a pod is in the middle of an effect': midEffect,
  'the scaler is cut off from the broker': scalerCutOff,
  'the scaler is cut off while consumers work': cutOffAtWork,
  'the scaler’s metrics are gone when more consumers are needed': metricsGone,
  'work takes longer than it may be idle': longWork,
  'so long nothing comes that records and progress expire': longSilence,
}

const SCALING_BITES: Readonly<Record<string, Bite<ScalingLaboratory>>> = {
  'the pod is killed': podBites.killPod,
  'the pod is told to stop': podBites.stopPod,
}

phrases('scaling-window', SCALING_WINDOWS)
phrases('scaling-bite', SCALING_BITES)
