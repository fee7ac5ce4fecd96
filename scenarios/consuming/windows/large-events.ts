import type { PreparedInput } from '../testbed/inputs.ts'
import { window } from '../window.ts'
import { failingInputs } from './failed-attempts.ts'
import { endFailures, letDownBy, putFailing } from './failing-input.ts'
import { consumerOf } from './marked-input.ts'

/** Bytes of a value: the most that an event may have. What is left of the broker's limit is for headers. */
const MOST = 1_000_000

/**
 * W22: events that are as large as events may be go through all retries and become dead letters.
 *
 * What is added on the way (headers, an envelope) must not make them larger than the broker takes.
 */
export const largeEvents = window({
  id: 'W22',
  phrase: 'large events fail',
  title: 'events as large as they may be fail',
  held: 'values of 1,000,000 bytes, by white space behind the JSON',
  shown: 'records of that size are on the topic and failed',
  needs: { capabilities: ['create-trigger'] },
  faults: ['failures', 'poison'],
  once: true,
  async enter(testbed) {
    const by = letDownBy(testbed, 0)
    const always = await putFailing(
      testbed,
      testbed.markedKey,
      { failures: -1, retriable: true, by },
      enlarged,
    )
    const once = await putFailing(
      testbed,
      `${testbed.markedKey}-once`,
      { failures: 1, retriable: true, by },
      enlarged,
    )
    const ended = () =>
      (testbed.outcomes.effectOf(always) ?? testbed.outcomes.deadLetterOf(always)) !== undefined &&
      testbed.outcomes.effectOf(once) !== undefined
    await testbed.patience.until('an end of the large events', ended)
  },
  entered(trial) {
    const { topic, retry } = consumerOf(trial) ?? {}
    const inputs = failingInputs(trial)
    const records = inputs.map(({ partition, offset }) =>
      trial.first(
        'k.record',
        (record) => record.topic === topic && record.partition === partition && record.offset === offset,
      ),
    )
    const large = records.filter((record) => record !== undefined && record.valueBytes >= MOST)
    if (inputs.length === 0 || large.length < inputs.length) return undefined
    const keys = inputs.map(({ key }) => key)
    const moved = trial.events.filter(
      (event) =>
        event.kind === 'k.record' &&
        event.topic !== topic &&
        keys.includes(event.key ?? '') &&
        event.valueBytes >= MOST,
    )
    return {
      grade: 'A',
      says: `${large.length} events of ${MOST} bytes failed; ${moved.length} records of that size went to ${retry?.deadLetter} and the topics before it`,
      events: [...inputs, ...moved].map(({ seq }) => seq),
    }
  },
  release: endFailures,
})

/** White space behind JSON is JSON: whoever reads the value sees what it said before. */
function enlarged(input: PreparedInput): PreparedInput {
  return { ...input, body: input.body.padEnd(MOST - Buffer.byteLength(input.body) + input.body.length) }
}
