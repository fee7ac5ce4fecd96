import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import { handled } from './copies.ts'
import { consumerOf, markedInput } from './marked-input.ts'
import { startInstance, stopInstance } from './stop.ts'
import type { ArmedWindow } from '../../window.ts'

/**
 * An event lies on the topic when a consumer comes whose group has no offset there.
 *
 * Its offsets are deleted while nobody is in the group, as the broker does it when they have expired: a scenario in
 * which the group has committed positions before can not see where a new group begins. Who keeps positions
 * elsewhere has no such window.
 */
export const coldStart: ArmedWindow<ConsumerLaboratory> = {
  id: 'cold-start',
  title: 'a consumer comes whose group has no offset',
  needs: { capabilities: ['kill-service'] },
  instruments: ['stop', 'expiry'],
  async arm(lab) {
    const { group, topic, progress } = lab.consumer
    await stopInstance(lab, lab.instance)
    if (progress === 'kafka')
      await lab.instruments.strike('expiry', group, 'the group has no offset', async () => {
        await lab.parts.deleteOffsets()
        await lab.parts.offsets.fence()
        return `the broker deleted the offsets of ${topic}`
      })
    const input = await lab.parts.inputs.put(lab.prepare())
    await startInstance(lab, lab.instance)
    await handled(lab, input)
  },
  entered(trial) {
    const { group } = consumerOf(trial) ?? {}
    const input = markedInput(trial)
    const lost = trial.first('fault.bitten', ({ fault, target }) => fault === 'expiry' && target === group)
    const started = trial.first('proc', ({ event, seq }) => event === 'started' && seq > (input?.seq ?? seq))
    if (!input || !lost || !started || lost.seq > input.seq) return undefined
    const known = trial.first(
      'k.commit',
      ({ seq, offset, ...commit }) =>
        commit.group === group &&
        commit.topic === input.topic &&
        commit.partition === input.partition &&
        offset >= 0 &&
        seq > lost.seq &&
        seq < started.seq,
    )
    if (known) return undefined
    return {
      grade: 'A',
      says: `${group} had no offset when the event at ${input.partition}/${input.offset} came, before process ${started.pid} was started`,
      events: [lost.seq, input.seq, started.seq],
    }
  },
  async open(lab) {
    await lab.instruments.clear('expiry', lab.consumer.group, async () => true)
  },
}
