import { until } from '../../core/until.ts'
import type { EventOf } from '../../proof/history/event.ts'
import type { ConsumerLaboratory } from '../consumer-laboratory/consumer-laboratory.ts'
import { commitPast, consumerOf } from '../duplicate-tolerance/marked-input.ts'
import type { ArmedWindow } from '../window.ts'
import { failingInputs } from './failed-attempts.ts'
import { endFailures, letDownBy, putFailing } from './failing-input.ts'

/**
 * W21: a dead letter is stored, the offset behind its event is not.
 *
 * Armed on the wire: the group's offset commits do not reach the broker. After the bite the event comes again, and
 * becomes a dead letter once more, which nobody minds; what must not happen is that it is neither or both.
 */
export const deadLetterNotCommitted: ArmedWindow<ConsumerLaboratory> = {
  id: 'W21',
  title: 'a dead letter is stored, its offset is not',
  needs: { capabilities: ['create-trigger'] },
  instruments: ['wire', 'failures', 'poison'],
  async arm(lab) {
    const { group, retry } = lab.consumer
    await lab.hurtWire({ api: 'offset-commit', group, which: 'always', act: 'drop-request' })
    const by = letDownBy(lab, lab.trial)
    const once = { failures: 1, retriable: true, by }
    const dead = await putFailing(lab, lab.markedKey, { failures: -1, retriable: false, by })
    const again = await putFailing(lab, `${lab.markedKey}-once`, once)
    const retried = ({ topic, key }: EventOf<'k.record'>) => topic === retry?.topics[0] && key === again.key
    const stored = () =>
      lab.outcomes.deadLetterOf(dead) !== undefined &&
      (!retry?.topics.length || lab.history.all('k.record').some(retried))
    const { signal } = lab.parts
    await until(stored, { what: 'a dead letter and a retry', deadline: lab.reach, signal })
    await until(() => lab.wireBites.length > 0, {
      what: `an offset commit of ${group}`,
      deadline: lab.reach,
      signal,
    })
  },
  entered(trial) {
    const topic = consumerOf(trial)?.retry?.deadLetter
    const input = failingInputs(trial).find(({ expect }) => expect === 'dead-letter')
    const dead = trial.first('k.record', (record) => record.topic === topic && record.key === input?.key)
    const bite = trial.first('fault.bitten', ({ seq, fault }) => fault === 'kill' && seq > (dead?.seq ?? seq))
    if (!input || !dead || !bite) return undefined
    const commit = commitPast(trial, input)
    if (commit && commit.seq < bite.seq) return undefined
    return {
      grade: 'A',
      says: `the dead letter of offset ${input.offset} was at ${dead.topic}/${dead.partition}@${dead.offset} and the group had not committed past it when ${bite.target} was hit`,
      events: [input.seq, dead.seq, bite.seq],
    }
  },
  async open(lab) {
    await lab.healWire()
    await endFailures(lab)
  },
}
