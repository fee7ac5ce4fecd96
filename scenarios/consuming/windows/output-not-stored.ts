import { window } from '../window.ts'
import { announcedByOthers, announcementIn, outputOf } from './marked-output.ts'

/**
 * W30: the effect is durable, and what the consumer has to publish because of it is not on the log.
 *
 * Armed on the wire: no record for the topic of outputs reaches the broker. An output that was to be sent after the commit
 * is in the memory of a process that dies; one that was committed with the effect is sent by the next process.
 */
export const outputNotStored = window({
  id: 'W30',
  phrase: 'an effect is durable and its output is not stored',
  title: 'the effect is durable, its output is not on the log',
  held: 'records for the topic of outputs do not reach the broker (wire)',
  shown:
    "the effect's transaction committed, a record for its output was swallowed, and none was on the log when the consumer died",
  needs: { capabilities: [] },
  faults: ['wire'],
  alone: true,
  async enter(testbed) {
    const { outputs } = testbed.consumer
    if (outputs === undefined) return
    await testbed.hurtWire({ api: 'produce', topic: outputs.topic, which: 'always', act: 'drop-request' })
    const input = await testbed.parts.inputs.put(testbed.prepare())
    await testbed.effective(input, testbed.reach)
    const tried = () => testbed.wireEffects.length > 0 || outputOf(testbed, input) !== undefined
    await testbed.patience.until(`a record for ${outputs.topic}`, tried)
  },
  entered(trial) {
    const { input, effect, output, hurt, killed } = announcementIn(trial)
    if (!input || !effect || !hurt || !killed || killed.seq < effect.seq) return undefined
    if (output && output.seq < killed.seq) return undefined
    return {
      grade: 'A',
      says: `transaction ${effect.xid} made the effect of offset ${input.offset} durable, and its output was not on the log when ${killed.target} was hit`,
      events: [input.seq, effect.seq, hurt.seq, killed.seq],
    }
  },
  excluded: announcedByOthers,
  release: (testbed) => testbed.healWire(),
})
