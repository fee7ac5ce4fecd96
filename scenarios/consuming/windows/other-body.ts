import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import type { ArmedWindow } from '../../window.ts'
import { copiesDone, copiesHandled, handled, markedInputs, putCopies } from './copies.ts'

/** W18: an event's id comes again with another body. The id decides: it is the same event. */
export const sameIdOtherBody: ArmedWindow<ConsumerLaboratory> = {
  id: 'W18-body',
  title: 'the same id comes with another body',
  needs: {},
  instruments: ['copies'],
  async arm(lab) {
    const prepared = lab.prepare()
    await handled(lab, await lab.parts.inputs.put(prepared))
    await handled(lab, ...(await putCopies(lab, { of: lab.prepare({ id: prepared.id }) })))
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
  open: copiesDone,
}

/** W18: another event with the same body. It is another event: both take effect. */
export const otherIdSameBody: ArmedWindow<ConsumerLaboratory> = {
  id: 'W18-id',
  title: 'another event has the same body',
  needs: {},
  instruments: ['copies'],
  async arm(lab) {
    const prepared = lab.prepare()
    await handled(lab, await lab.parts.inputs.put(prepared))
    await handled(lab, ...(await putCopies(lab, { of: lab.prepare({ says: prepared }) })))
  },
  entered(trial) {
    const inputs = markedInputs(trial)
    const [first, other] = inputs
    if (!first || !other || other.event === first.event || other.amount !== first.amount) return undefined
    return copiesHandled(trial, inputs, `the second as event ${other.event} with the same body`)
  },
  open: copiesDone,
}
