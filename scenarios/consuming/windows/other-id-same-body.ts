import { window } from '../window.ts'
import { copiesDone, copiesHandled, putAlike } from './copies.ts'
import { markedInputs } from './marked-input.ts'

/** W18: another event with the same body. It is another event: both take effect. */
export const otherIdSameBody = window({
  id: 'W18-id',
  phrase: 'another event comes with the same body',
  title: 'another event has the same body',
  held: 'the harness puts it there',
  shown: 'ids differ; the group committed past each',
  needs: {},
  faults: ['copies'],
  enter: (testbed) => putAlike(testbed, (says) => ({ says })),
  entered(trial) {
    const inputs = markedInputs(trial)
    const [first, other] = inputs
    if (!first || !other || other.event === first.event || other.amount !== first.amount) return undefined
    return copiesHandled(trial, inputs, `the second as event ${other.event} with the same body`)
  },
  release: copiesDone,
})
