import type { EventOf } from '../../../proof/history/event.ts'
import type { RetryDeclaration } from '../plan.ts'
import { window } from '../window.ts'
import { failedAttempts, failingInputs } from './failed-attempts.ts'
import { endFailures, letDownBy, putFailing } from './failing-input.ts'
import { consumerOf, effectsOf } from './marked-input.ts'

/** Delays that are long enough for being hit in, in milliseconds. */
const ENOUGH = 2_000

/**
 * An event waits for its next attempt: the last one failed, the next one is not due.
 *
 * Where retries have topics of their own the group is past the event by then, and only the retry knows of it. The
 * window opens by itself and lasts as long as the declared delay.
 */
export const retryWaits = window({
  id: 'retry-waits',
  phrase: 'a retry waits until it is due',
  title: 'a retry waits until it is due',
  held: 'the declared delay',
  shown:
    'the last attempt had failed, the retry was stored and the group past its event, and no effect yet, when the consumer died',
  needs: { capabilities: ['create-trigger'] },
  faults: ['failures'],
  async enter(testbed) {
    const { retry } = testbed.consumer
    if (retry === undefined) return
    const failures = failuresBefore(retry)
    const failing = { failures, retriable: true, by: letDownBy(testbed, testbed.trial) }
    const input = await putFailing(testbed, testbed.markedKey, failing)
    const waits = () =>
      failedAttempts(testbed.history.events, input).length >= failures &&
      (retry.topics.length === 0 || testbed.history.all('k.record').some(isRetryOf(input, retry, failures)))
    await testbed.patience.until(`retry ${failures} of event ${input.event}`, waits)
    if (retry.topics.length > 0) await testbed.committedPast(input, testbed.reach)
  },
  entered(trial) {
    const { retry } = consumerOf(trial) ?? {}
    const [input] = failingInputs(trial)
    const fault = trial.first('fault.took-effect', ({ fault }) => fault === 'kill')
    if (!retry || !input || !fault) return undefined
    const failed = failedAttempts(trial.events, input).filter(({ seq }) => seq < fault.seq)
    const waiting = trial.first('k.record', isRetryOf(input, retry, input.failures))
    const [effect] = effectsOf(trial, input)
    if (failed.length < input.failures || (effect && effect.seq < fault.seq)) return undefined
    if (retry.topics.length > 0 && (!waiting || waiting.seq > fault.seq)) return undefined
    return {
      grade: 'A',
      says: `attempt ${failed.length} at the event at offset ${input.offset} had failed and the next one was not due when ${fault.target} was hit`,
      events: [input.seq, ...failed.map(({ seq }) => seq), ...(waiting ? [waiting.seq] : []), fault.seq],
    }
  },
  release: endFailures,
})

/** So many that the next delay is long enough. */
function failuresBefore({ delays }: RetryDeclaration): number {
  const long = delays.findIndex((delay) => delay >= ENOUGH)
  return long < 0 ? delays.length : long + 1
}

function isRetryOf(input: { readonly key: string }, { topics }: RetryDeclaration, failures: number) {
  const topic = topics[failures - 1]
  return (record: EventOf<'k.record'>) => record.topic === topic && record.key === input.key
}
