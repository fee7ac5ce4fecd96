import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { Input, PreparedInput } from '../testbed/inputs.ts'
import { window } from '../window.ts'
import { copiesDone, copiesHandled, handled, putCopies } from './copies.ts'
import {
  assignedByHand,
  generationsIn,
  handedOver,
  lastSeq,
  spread,
  takeoverAfter,
} from './group-timeline.ts'
import { markedInputs } from './marked-input.ts'

/** W18: an event comes again when its partition belongs to another instance than the one that handled it. */
export const copyAfterRebalance = window({
  id: 'W18-rebalance',
  phrase: 'an event comes again to another instance',
  title: 'a copy comes to another instance',
  held: 'one of two instances ends; one event on each partition, and its copy',
  shown: 'the partition had moved when the copy came; the group committed past each',
  needs: { capabilities: ['kill-service'], consumers: 2, expiry: true },
  faults: ['stop', 'copies'],
  traits: ['rebalance'],
  async enter(testbed) {
    // One on each partition: nobody knows from outside which of them will move.
    const partitions = [...(await spread(testbed)).keys()]
    const events = partitions.map((partition, n) => ({ of: ofItsOwn(testbed, n), partition }))
    const inputs: Input[] = []
    for (const { of, partition } of events) inputs.push(await testbed.parts.inputs.put(of, partition))
    await handled(testbed, ...inputs)
    const since = lastSeq(testbed)
    await testbed.faults.stop(testbed.second)
    await handedOver(testbed, since, ...inputs)
    await handled(testbed, ...(await putCopies(testbed, ...events)))
  },
  entered(trial) {
    const inputs = markedInputs(trial)
    for (const first of inputs) {
      const copy = inputs.find(({ event, seq }) => event === first.event && seq > first.seq)
      const taken = copy && takeoverAfter(generationsIn(trial), first, first.seq)
      if (!copy || !taken || taken.generation.seq > copy.seq) continue
      const how = `the second after generation ${taken.generation.generation} gave partition ${first.partition} to another member`
      return copiesHandled(trial, [first, copy], how)
    }
    return undefined
  },
  excluded: assignedByHand,
  async release(testbed) {
    await testbed.faults.startAgain(testbed.second)
    await copiesDone(testbed)
  },
})

/** Of an aggregate of its own: the events of one come on one partition, and in the order of their versions. */
function ofItsOwn({ markedKey, parts: { inputs } }: ConsumerTestbed, number: number): PreparedInput {
  return { ...inputs.prepare(number === 0 ? markedKey : `${markedKey}-${number}`), mark: markedKey }
}
