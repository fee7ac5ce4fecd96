import { window } from '../window.ts'
import { copiesDone, copiesHandled, handled, putCopies } from './copies.ts'
import { effectsOf, markedInputs } from './marked-input.ts'

/** W18: an event comes again after a newer one of its key has taken effect. */
export const lateCopy = window({
  id: 'W18-late',
  phrase: 'an event comes again after newer ones of its key',
  title: 'a copy comes after newer events of its key',
  held: 'put when a newer version of the key has taken effect',
  shown: "the newer one's transaction before the copy; the group committed past each",
  needs: {},
  faults: ['copies'],
  async enter(testbed) {
    const prepared = testbed.prepare()
    const first = await testbed.parts.inputs.put(prepared)
    const newer = await testbed.parts.inputs.put(testbed.prepare())
    await handled(testbed, first, newer)
    // Two observers: the group's progress may be seen before the effect that it is about.
    await testbed.effective(newer, testbed.reach)
    await handled(testbed, ...(await putCopies(testbed, { of: prepared })))
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
  release: copiesDone,
})
