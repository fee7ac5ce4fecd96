import { window } from '../window.ts'
import { endFailures, putFailing } from './failing-input.ts'
import { refused, rejected, whileRefused } from './refused-letters.ts'

/** Error codes of Kafka's protocol: a client tries the first again by itself, and tells the second at once. */
const NOT_ENOUGH_REPLICAS = 19
const TOPIC_AUTHORIZATION_FAILED = 29

/**
 * W20: a topic for what failed takes nothing: the one for dead letters (odd trials), the first one for retries (even
 * ones).
 *
 * In the first trial its client may try again by itself, and its consumer never hear of that; from the second one on the
 * refusal is for good, so that the consumer's own way of minding it runs.
 *
 * The broker's answer to each of its records is an error, until the window is opened. Meanwhile one event has nowhere
 * else to go: it was rejected for good, or failed for the first time.
 */
export const deadLettersUnavailable = window({
  id: 'W20',
  phrase: 'retries and dead letters can not be stored',
  title: 'a retry or a dead letter can’t be stored',
  held: 'the wire proxy answers every record for the dead-letter topic (odd trials) or the first retry topic (even ones) with NOT_ENOUGH_REPLICAS, then with TOPIC_AUTHORIZATION_FAILED',
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
    const error = testbed.trial === 1 ? NOT_ENOUGH_REPLICAS : TOPIC_AUTHORIZATION_FAILED
    await testbed.hurtWire({ api: 'produce', topic, which: 'always', act: { error } })
    await refused(testbed, await putFailing(testbed, testbed.markedKey, failing), topic)
  },
  entered: (trial) => whileRefused(trial, 'refused what failed'),
  async release(testbed) {
    await testbed.healWire()
    await endFailures(testbed)
  },
})
