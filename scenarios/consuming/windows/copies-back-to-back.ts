import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import type { ArmedWindow } from '../../window.ts'
import { copiesDone, copiesHandled, handled, markedInputs, putCopies } from './copies.ts'

/** W18: an event comes twice in a row, so that one poll, one batch, one transaction may hold both. */
export const copiesBackToBack: ArmedWindow<ConsumerLaboratory> = {
  id: 'W18-adjacent',
  title: 'a copy follows its event at once',
  needs: {},
  instruments: ['copies'],
  async arm(lab) {
    const prepared = lab.prepare()
    const first = lab.parts.inputs.put(prepared)
    const copies = await putCopies(lab, { of: prepared })
    await handled(lab, await first, ...copies)
  },
  entered(trial) {
    const inputs = markedInputs(trial)
    const [first, copy] = inputs
    if (!first || !copy || copy.event !== first.event || copy.partition !== first.partition) return undefined
    return copiesHandled(trial, inputs, 'one right after the other')
  },
  open: copiesDone,
}
