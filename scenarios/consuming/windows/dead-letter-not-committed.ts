import { until } from '../../../core/until.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import { commitPast, consumerOf } from './marked-input.ts'
import type { ArmedWindow } from '../../window.ts'
import { failingInputs } from './failed-attempts.ts'
import { endFailures, letDownBy, putFailing } from './failing-input.ts'

/**
 * W21: what failed is stored elsewhere, as a dead letter (odd trials) or a retry (even ones); the offset behind its event
 * is not.
 *
 * Armed on the wire: the group's offset commits do not reach the broker. After the bite the event comes again, and is
 * stored there once more, which nobody minds; what must not happen is that it is nowhere, or takes effect twice.
 */
export const deadLetterNotCommitted: ArmedWindow<ConsumerLaboratory> = {
  id: 'W21',
  title: 'a dead letter is stored, its offset is not',
  needs: { capabilities: ['create-trigger'] },
  instruments: ['wire', 'poison'],
  // Any other event would have the consumer wait for an answer to its commit before it reads this one.
  alone: true,
  async arm(lab) {
    const { group, retry } = lab.consumer
    const by = letDownBy(lab, lab.trial)
    const [first] = retry?.topics ?? []
    const retried = lab.trial % 2 === 0 && first !== undefined
    const failing = retried ? { failures: 1, retriable: true, by } : { failures: -1, retriable: false, by }
    await lab.hurtWire({ api: 'offset-commit', group, which: 'always', act: 'drop-request' })
    const { key } = await putFailing(lab, lab.markedKey, failing)
    const stored = isStored(retried ? first : retry?.deadLetter, key)
    const { reach: deadline, history } = lab
    const { signal } = lab.parts
    await history.waitFor('k.record', stored, { what: `what failed of ${key}`, deadline, signal })
    await until(() => lab.wireBites.length > 0, { what: `an offset commit of ${group}`, deadline, signal })
  },
  entered(trial) {
    const { retry } = consumerOf(trial) ?? {}
    const [input] = failingInputs(trial)
    const topics = [retry?.deadLetter, retry?.topics[0]]
    const record = trial.first('k.record', (one) => topics.some((topic) => isStored(topic, input?.key)(one)))
    const bite = trial.first(
      'fault.bitten',
      ({ seq, fault }) => fault === 'kill' && seq > (record?.seq ?? seq),
    )
    if (!input || !record || !bite) return undefined
    const commit = commitPast(trial, input)
    if (commit && commit.seq < bite.seq) return undefined
    return {
      grade: 'A',
      says: `what failed at offset ${input.offset} was at ${record.topic}/${record.partition}@${record.offset} and the group had not committed past it when ${bite.target} was hit`,
      events: [input.seq, record.seq, bite.seq],
    }
  },
  async open(lab) {
    await lab.healWire()
    await endFailures(lab)
  },
}

function isStored(where: string | undefined, of: string | undefined) {
  return ({ topic, key }: EventOf<'k.record'>) => topic === where && key === of
}
