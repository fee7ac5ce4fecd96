import type { EventOf } from '../../../proof/history/event.ts'
import { window } from '../window.ts'
import { deadLetterOf, failingInputs } from './failed-attempts.ts'
import { putDeadLetter } from './failing-input.ts'

/**
 * A dead letter is approved by hand when its cause is gone, and comes on its topic again.
 *
 * What the redrive service puts there is written down as a copy that must take effect, as if we had placed it.
 */
export const redriveApproved = window({
  id: 'redrive-approved',
  phrase: 'a dead letter is approved when its cause is gone',
  title: 'a dead letter is redriven after its cause is gone',
  held: 'an approval, sent until the event comes again',
  shown: 'a record of the event behind its dead letter',
  needs: { capabilities: ['create-trigger'], redrive: 'approved' },
  faults: ['poison'],
  async enter(testbed) {
    const { redrive } = testbed.parts
    const { input } = await putDeadLetter(testbed)
    const again = () => testbed.history.first('k.record', isAgain(input))
    const approved = async () => again() ?? (await redrive?.approve(input.event).then(again))
    const what = `event ${input.event} to come again`
    const { partition, offset } = await testbed.patience.until(what, approved, { every: 100 })
    const { seq: _, at: __, scenario: ___, ...placed } = input
    const copy = { ...placed, copy: 2, partition, offset, expect: 'effect', failures: 0 } as const
    testbed.history.record(copy)
  },
  entered(trial) {
    const input = failingInputs(trial).find(({ copy }) => copy === 1)
    const letter = input && deadLetterOf(trial, input)
    const again = input && trial.first('k.record', isAgain(input))
    if (!input || !letter || !again || again.seq < letter.seq) return undefined
    return {
      grade: 'A',
      says: `the event at offset ${input.offset} was a dead letter at ${letter.partition}@${letter.offset} and came again at ${again.partition}@${again.offset}`,
      events: [input.seq, letter.seq, again.seq],
    }
  },
  release: async () => {},
})

/** A record of an event on its topic, behind the first one. */
function isAgain({ topic, key, partition, offset }: EventOf<'input'>) {
  return (record: EventOf<'k.record'>) =>
    record.topic === topic && record.key === key && record.partition === partition && record.offset > offset
}
