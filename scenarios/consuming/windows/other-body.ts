import { window } from '../window.ts'
import { copiesDone, copiesHandled, handled, markedInputs, putCopies } from './copies.ts'

/** W18: an event's id comes again with another body. The id decides: it is the same event. */
export const sameIdOtherBody = window({
  id: 'W18-body',
  phrase: 'an event’s id comes again with another body',
  title: 'the same id comes with another body',
  held: 'the harness puts it there',
  shown: 'amounts differ; the group committed past each',
  needs: {},
  faults: ['copies'],
  async enter(testbed) {
    const prepared = testbed.prepare()
    await handled(testbed, await testbed.parts.inputs.put(prepared))
    await handled(testbed, ...(await putCopies(testbed, { of: testbed.prepare({ id: prepared.id }) })))
  },
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

/** W18: another event with the same body. It is another event: both take effect. */
export const otherIdSameBody = window({
  id: 'W18-id',
  phrase: 'another event comes with the same body',
  title: 'another event has the same body',
  held: 'the harness puts it there',
  shown: 'ids differ; the group committed past each',
  needs: {},
  faults: ['copies'],
  async enter(testbed) {
    const prepared = testbed.prepare()
    await handled(testbed, await testbed.parts.inputs.put(prepared))
    await handled(testbed, ...(await putCopies(testbed, { of: testbed.prepare({ says: prepared }) })))
  },
  entered(trial) {
    const inputs = markedInputs(trial)
    const [first, other] = inputs
    if (!first || !other || other.event === first.event || other.amount !== first.amount) return undefined
    return copiesHandled(trial, inputs, `the second as event ${other.event} with the same body`)
  },
  release: copiesDone,
})
