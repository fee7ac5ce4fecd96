import { window } from '../window.ts'
import { copiesDone, copiesHandled, handled, putCopies } from './copies.ts'
import { markedInputs } from './marked-input.ts'

/** W18: an event comes twice in a row, so that one poll, one batch, one transaction may hold both. */
export const copiesBackToBack = window({
  id: 'W18-adjacent',
  phrase: 'an event comes twice in a row',
  title: 'a copy follows its event at once',
  held: 'the harness puts it there',
  shown: 'both lie on one partition; the group committed past each',
  needs: {},
  faults: ['copies'],
  async enter(testbed) {
    const prepared = testbed.prepare()
    const first = testbed.parts.inputs.put(prepared)
    const copies = await putCopies(testbed, { of: prepared })
    await handled(testbed, await first, ...copies)
  },
  entered(trial) {
    const inputs = markedInputs(trial)
    const [first, copy] = inputs
    if (!first || !copy || copy.event !== first.event || copy.partition !== first.partition) return undefined
    return copiesHandled(trial, inputs, 'one right after the other')
  },
  release: copiesDone,
})
