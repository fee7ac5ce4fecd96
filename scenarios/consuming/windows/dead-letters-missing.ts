import { window } from '../window.ts'
import { deadLettersUnavailable } from './dead-letters-unavailable.ts'
import { putFailing } from './failing-input.ts'
import { refused, rejected, whileRefused } from './refused-letters.ts'

/** An error code of Kafka's protocol. */
const UNKNOWN_TOPIC_OR_PARTITION = 3

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
