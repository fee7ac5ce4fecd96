import { until } from '../../../core/until.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { Input } from '../testbed/inputs.ts'
import { window } from '../window.ts'
import { failedAttempts, failingInputs } from './failed-attempts.ts'
import { endFailures, letDownBy, putFailing } from './failing-input.ts'

/** Error codes of Kafka's protocol. */
const NOT_ENOUGH_REPLICAS = 19
const UNKNOWN_TOPIC_OR_PARTITION = 3

/** Milliseconds: longer than it takes to commit an offset, so that one that goes past the event is seen. */
const HELD = 1_500

/**
 * W20: a topic for what failed takes nothing: the one for dead letters (odd trials), the first one for retries (even
 * ones).
 *
 * The broker's answer to each of its records is an error, until the window is opened. Meanwhile one event has nowhere
 * else to go: it was rejected for good, or failed for the first time.
 */
export const deadLettersUnavailable = window({
  id: 'W20',
  phrase: 'retries and dead letters can not be stored',
  title: 'a retry or a dead letter can’t be stored',
  held: 'the wire proxy answers every record for the dead-letter topic (odd trials) or the first retry topic (even ones) with NOT_ENOUGH_REPLICAS',
  shown: "a producer's request was refused after an attempt had failed, until it was healed",
  needs: { capabilities: ['create-trigger'] },
  faults: ['wire', 'poison'],
  async enter(testbed) {
    const { retry } = testbed.consumer
    if (retry === undefined) return
    const [first] = retry.topics
    const retried = testbed.trial % 2 === 0 && first !== undefined
    const topic = retried ? first : retry.deadLetter
    const failing = retried ? { ...rejected(testbed), failures: 1, retriable: true } : rejected(testbed)
    await testbed.hurtWire({ api: 'produce', topic, which: 'always', act: { error: NOT_ENOUGH_REPLICAS } })
    await refused(testbed, await putFailing(testbed, testbed.markedKey, failing), topic)
  },
  entered: (trial) => whileRefused(trial, 'refused what failed'),
  async release(testbed) {
    await testbed.healWire()
    await endFailures(testbed)
  },
})

/** The broker does not know the dead-letter topic: nobody created it. Until somebody does. */
export const deadLettersMissing = window({
  ...deadLettersUnavailable,
  id: 'dead-letters-missing',
  phrase: 'the dead-letter topic does not exist',
  title: 'the dead-letter topic does not exist',
  held: 'the wire proxy answers that it does not know the topic, to records and to questions for it',
  shown: 'a producer asked after an attempt had failed, until it was healed',
  faults: ['wire', 'poison'],
  async enter(testbed) {
    const { retry } = testbed.consumer
    if (retry === undefined) return
    for (const api of ['produce', 'metadata'] as const) {
      const act = { error: UNKNOWN_TOPIC_OR_PARTITION }
      await testbed.hurtWire({ api, topic: retry.deadLetter, which: 'always', act })
    }
    await refused(testbed, await putFailing(testbed, testbed.markedKey, rejected(testbed)), retry.deadLetter)
  },
  entered: (trial) => whileRefused(trial, 'did not know the topic'),
})

const rejected = (testbed: ConsumerTestbed) => ({
  failures: -1,
  retriable: false,
  by: letDownBy(testbed, testbed.trial),
})

/** Waits until an event that failed has come to nothing on this topic, and then a while. @throws {DeadlinePassed} */
async function refused(testbed: ConsumerTestbed, input: Input, topic: string): Promise<void> {
  const { reach: deadline, history } = testbed
  const { signal } = testbed.parts
  const failed = () => failedAttempts(history.events, input).length > 0
  await until(failed, { what: `a failed attempt at event ${input.event}`, deadline, signal })
  const tookEffect = () => refusalAfter(history.events, testbed.trialBegan, input) !== undefined
  await until(tookEffect, { what: `a record for ${topic}`, deadline, signal })
  await testbed.hold(HELD)
}

/**
 * A producer's request that was hit after the event had failed. Others ask for the topic, too: who minds dead letters
 * reads it, and is refused at any time.
 */
function refusalAfter(events: readonly HistoryEvent[], since: number, input: Input) {
  const [failed] = failedAttempts(events, input)
  const producing = new Set(events.flatMap((event) => (event.kind === 'k.client' ? [event.clientId] : [])))
  const members = new Set(
    events.flatMap((event) =>
      event.kind === 'k.asked' && event.group !== undefined ? [event.clientId] : [],
    ),
  )
  const isProducer = (by: string | undefined) => by === undefined || producing.has(by) || !members.has(by)
  return (
    failed &&
    events.find(
      (event): event is EventOf<'fault.took-effect'> =>
        event.kind === 'fault.took-effect' &&
        event.fault === 'wire' &&
        event.seq > Math.max(since, failed.seq) &&
        isProducer(event.by),
    )
  )
}

function whileRefused(trial: Trial, says: string) {
  const [input] = failingInputs(trial)
  const healed = trial.first('fault.healed', ({ fault }) => fault === 'wire')
  if (!input || !healed) return undefined
  const [failed] = failedAttempts(trial.events, input)
  const fault = refusalAfter(trial.history, trial.events[0]?.seq ?? 0, input)
  if (!failed || !fault || healed.seq < fault.seq) return undefined
  return {
    grade: 'A' as const,
    says: `the broker ${says} for ${((healed.at - fault.at) / 1000).toFixed(1)} s while the event at offset ${input.offset} had nowhere else to go`,
    events: [input.seq, failed.seq, fault.seq, healed.seq],
  }
}
