import { window } from '../window.ts'
import { copiesDone, copiesHandled, putCopies } from './copies.ts'
import { reachedBeside, reachedIn, triesSoFar } from './gate-holder.ts'
import { assignedByHand, generationsIn, ownerAt, spread } from './group-timeline.ts'
import { markedInputs, waitingFor } from './marked-input.ts'

/**
 * W18: two instances handle one event at the same time.
 *
 * Its copies lie on partitions of different members. The effect gate holds the first to bring the effect in COMMIT, so
 * that the second looks for it while it is there and nobody can see it.
 */
export const concurrentCopies = window({
  id: 'W18-concurrent',
  phrase: 'two instances get the same event at once',
  title: 'two instances handle one event at once',
  held: 'effect gate; the copy is put on a partition of another member',
  shown:
    'put while a backend of the first waited at the gate; another backend, attempt or call came to the event meanwhile; the group committed past each',
  needs: { capabilities: ['create-trigger'], consumers: 2, expiry: true },
  faults: ['copies'],
  gates: ['effect'],
  async enter(testbed) {
    const owners = [...(await spread(testbed))]
    const [here, owner] = owners[0] ?? []
    const [there] = owners.find(([, member]) => member !== owner) ?? []
    const prepared = testbed.prepare()
    const first = await testbed.putAtGate(prepared, here)
    const tried = await triesSoFar(testbed, first)
    await putCopies(testbed, { of: prepared, partition: there })
    await reachedBeside(testbed, first, tried)
  },
  entered(trial) {
    const [first, copy] = markedInputs(trial)
    const waiting = first && waitingFor(trial, first)
    const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
    if (!first || !waiting || !opened || copy?.event !== first.event) return undefined
    if (copy.seq < waiting.seq || copy.seq > opened.seq) return undefined
    const owners = [first, copy].map((input) => ownerAt(generationsIn(trial), input, copy.seq))
    if (owners.includes(undefined) || owners[0] === owners[1]) return undefined
    const reached = reachedIn(trial, first)
    if (!reached) return undefined
    const how = `the second while backend ${waiting.pid} of another member stood in the COMMIT of the first; ${reached.value} came to it meanwhile`
    return copiesHandled(trial, [first, copy], how)
  },
  excluded: assignedByHand,
  async release(testbed) {
    await testbed.openGate()
    await copiesDone(testbed)
  },
})
