import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import type { ArmedWindow } from '../../window.ts'
import { copiesDone, copiesHandled, handled, markedInputs, putCopies } from './copies.ts'
import { effectsOf } from './marked-input.ts'

/** W18: an event comes again after a newer one of its key has taken effect. */
export const lateCopy: ArmedWindow<ConsumerLaboratory> = {
  id: 'W18-late',
  title: 'a copy comes after newer events of its key',
  needs: {},
  instruments: ['copies'],
  async arm(lab) {
    const prepared = lab.prepare()
    const first = await lab.parts.inputs.put(prepared)
    const newer = await lab.parts.inputs.put(lab.prepare())
    await handled(lab, first, newer)
    // Two witnesses: the group's progress may be seen before the effect that it is about.
    await lab.effective(newer, lab.reach)
    await handled(lab, ...(await putCopies(lab, { of: prepared })))
  },
  entered(trial) {
    const [first, newer, copy] = markedInputs(trial)
    if (!first || !newer || copy?.event !== first.event || newer.version <= first.version) return undefined
    const [effect] = effectsOf(trial, newer)
    if (!effect || effect.seq > copy.seq) return undefined
    return copiesHandled(
      trial,
      [first, copy],
      `the second time after version ${newer.version} of its key took effect`,
    )
  },
  open: copiesDone,
}
