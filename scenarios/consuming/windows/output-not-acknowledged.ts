import { window } from '../window.ts'
import { announcedByOthers, announcementIn, outputOf } from './marked-output.ts'

/**
 * W30a: what a consumer publishes is on the log, and it does not hear of it.
 *
 * Armed on the wire: the broker's answers to records for the topic of outputs are swallowed. The next process sends it
 * again, and nobody downstream may take that for another event.
 */
export const outputNotAcknowledged = window({
  id: 'W30a',
  phrase: 'an output is stored and not acknowledged',
  title: 'the output is on the log, its acknowledgement is lost',
  held: 'answers to records for the topic of outputs are swallowed (wire)',
  shown: 'the output was on the log, and no acknowledgement could pass, when the consumer died',
  needs: { capabilities: [] },
  faults: ['wire'],
  alone: true,
  async enter(testbed) {
    const { outputs } = testbed.consumer
    if (outputs === undefined) return
    await testbed.hurtWire({ api: 'produce', topic: outputs.topic, which: 'always', act: 'drop-response' })
    const input = await testbed.parts.inputs.put(testbed.prepare())
    await testbed.patience.until(`a record on ${outputs.topic}`, () => outputOf(testbed, input))
  },
  entered(trial) {
    const { input, output, hurt, killed } = announcementIn(trial)
    if (!input || !output || !hurt || !killed || killed.seq < output.seq) return undefined
    return {
      grade: 'A',
      says: `the output of offset ${input.offset} was at ${output.topic}/${output.partition}@${output.offset} and its acknowledgement was swallowed when ${killed.target} was hit`,
      events: [input.seq, output.seq, hurt.seq, killed.seq],
    }
  },
  excluded: announcedByOthers,
  release: (testbed) => testbed.healWire(),
})
