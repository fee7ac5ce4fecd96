import { window } from '../window.ts'
import { handled } from './copies.ts'
import { consumerOf, markedInput } from './marked-input.ts'

/**
 * An event lies on the topic when a consumer comes whose group has no offset there.
 *
 * Its offsets are deleted while nobody is in the group, as the broker does it when they have expired: a scenario in
 * which the group has committed positions before can not see where a new group begins. Who keeps positions
 * elsewhere has no such window.
 */
export const coldStart = window({
  id: 'cold-start',
  phrase: 'events wait for a group that has no progress',
  title: 'a consumer comes whose group has no offset',
  held: "SIGTERM; the broker deletes the group's offsets; an event comes; start",
  shown: 'no offset was committed between the deletion and the start, the event lies between them',
  needs: { capabilities: ['kill-service'] },
  faults: ['stop', 'expiry'],
  async enter(testbed) {
    const { group, topic, progress } = testbed.consumer
    await testbed.faults.stop(testbed.instance)
    if (progress === 'kafka')
      await testbed.faults.inject('expiry', group, 'the group has no offset', async () => {
        await testbed.parts.deleteOffsets()
        await testbed.parts.offsets.fence()
        return `the broker deleted the offsets of ${topic}`
      })
    const input = await testbed.parts.inputs.put(testbed.prepare())
    await testbed.faults.startAgain(testbed.instance)
    await handled(testbed, input)
  },
  entered(trial) {
    const { group } = consumerOf(trial) ?? {}
    const input = markedInput(trial)
    const lost = trial.first(
      'fault.took-effect',
      ({ fault, target }) => fault === 'expiry' && target === group,
    )
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
      says: `${group} had no offset when the event at ${input.partition}/${input.offset} came, before ${started.id} was started`,
      events: [lost.seq, input.seq, started.seq],
    }
  },
  async release(testbed) {
    await testbed.faults.heal('expiry', testbed.consumer.group, async () => true)
  },
})
