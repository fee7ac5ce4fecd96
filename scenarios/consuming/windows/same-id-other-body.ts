import { window } from '../window.ts'
import { copiesDone, copiesHandled, putAlike } from './copies.ts'
import { markedInputs } from './marked-input.ts'

/** W18: an event's id comes again with another body. The id decides: it is the same event. */
export const sameIdOtherBody = window({
  id: 'W18-body',
  phrase: 'an event’s id comes again with another body',
  title: 'the same id comes with another body',
  held: 'the harness puts it there',
  shown: 'amounts differ; the group committed past each',
  needs: {},
  faults: ['copies'],
  enter: (testbed) => putAlike(testbed, ({ id }) => ({ id })),
  entered(trial) {
    const inputs = markedInputs(trial)
    const [first, copy] = inputs
    if (!first || copy?.event !== first.event || copy.amount === first.amount) return undefined
    return copiesHandled(
      trial,
      inputs,
      `the second time with amount ${copy.amount} instead of ${first.amount}`,
    )
  },
  release: copiesDone,
})
