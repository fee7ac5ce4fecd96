import type { EventOf } from '../../../proof/history/event.ts'
import { window } from '../window.ts'
import { COMMITS } from './commits.ts'
import { failingInputs } from './failed-attempts.ts'
import { endFailures, letDownBy, putFailing } from './failing-input.ts'
import { commitPast, consumerOf } from './marked-input.ts'

/**
 * W21: what failed is stored elsewhere, as a dead letter (odd trials) or a retry (even ones); the offset behind its event
 * is not.
 *
 * Armed on the wire: the group's offset commits do not reach the broker. After the fault the event comes again, and is
 * stored there once more, which nobody minds; what must not happen is that it is nowhere, or takes effect twice.
 */
export const deadLetterNotCommitted = window({
  id: 'W21',
  phrase: 'a dead letter is stored and its progress is not',
  title: 'a dead letter is stored, its offset is not',
  held: "the group's offset commits do not reach the broker (wire): in odd trials behind a dead letter, in even ones behind a retry",
  shown: 'the record is on its topic and no commit past its event when the consumer died',
  needs: { capabilities: ['create-trigger'] },
  faults: ['wire', 'poison'],
  // Any other event would have the consumer wait for an answer to its commit before it reads this one.
  alone: true,
  async enter(testbed) {
    const { group, retry } = testbed.consumer
    const by = letDownBy(testbed, testbed.trial)
    const [first] = retry?.topics ?? []
    const retried = testbed.trial % 2 === 0 && first !== undefined
    const failing = retried ? { failures: 1, retriable: true, by } : { failures: -1, retriable: false, by }
    for (const api of COMMITS) await testbed.hurtWire({ api, group, which: 'always', act: 'drop-request' })
    const { key } = await putFailing(testbed, testbed.markedKey, failing)
    const stored = isStored(retried ? first : retry?.deadLetter, key)
    const { reach: deadline, history } = testbed
    const { signal } = testbed.parts
    await history.waitFor('k.record', stored, { what: `what failed of ${key}`, deadline, signal })
    await testbed.patience.until(`an offset commit of ${group}`, () => testbed.wireEffects.length > 0)
  },
  entered(trial) {
    const { retry } = consumerOf(trial) ?? {}
    const [input] = failingInputs(trial)
    const topics = [retry?.deadLetter, retry?.topics[0]]
    const record = trial.first('k.record', (one) => topics.some((topic) => isStored(topic, input?.key)(one)))
    const fault = trial.first(
      'fault.took-effect',
      ({ seq, fault }) => fault === 'kill' && seq > (record?.seq ?? seq),
    )
    if (!input || !record || !fault) return undefined
    const commit = commitPast(trial, input)
    if (commit && commit.seq < fault.seq) return undefined
    return {
      grade: 'A',
      says: `what failed at offset ${input.offset} was at ${record.topic}/${record.partition}@${record.offset} and the group had not committed past it when ${fault.target} was hit`,
      events: [input.seq, record.seq, fault.seq],
    }
  },
  async release(testbed) {
    await testbed.healWire()
    await endFailures(testbed)
  },
})

function isStored(where: string | undefined, of: string | undefined) {
  return ({ topic, key }: EventOf<'k.record'>) => topic === where && key === of
}
