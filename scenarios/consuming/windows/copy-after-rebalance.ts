import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import type { Input } from '../testbed/inputs.ts'
import { generationsIn, handedOver, lastSeq, spread, takeoverAfter } from './group-course.ts'
import { startInstance, stopInstance } from './stop.ts'
import type { ArmedWindow } from '../../window.ts'
import { copiesDone, copiesHandled, handled, markedInputs, putCopies } from './copies.ts'

/** W18: an event comes again when its partition belongs to another instance than the one that handled it. */
export const copyAfterRebalance: ArmedWindow<ConsumerLaboratory> = {
  id: 'W18-rebalance',
  title: 'a copy comes to another instance',
  needs: { capabilities: ['kill-service'], consumers: 2, expiry: true },
  instruments: ['stop', 'copies'],
  async arm(lab) {
    // One on each partition: nobody knows from outside which of them will move.
    const partitions = [...(await spread(lab)).keys()]
    const events = partitions.map((partition) => ({ of: lab.prepare(), partition }))
    const inputs: Input[] = []
    for (const { of, partition } of events) inputs.push(await lab.parts.inputs.put(of, partition))
    await handled(lab, ...inputs)
    const since = lastSeq(lab)
    await stopInstance(lab, lab.second)
    await handedOver(lab, since, ...inputs)
    await handled(lab, ...(await putCopies(lab, ...events)))
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
  async open(lab) {
    await startInstance(lab, lab.second)
    await copiesDone(lab)
  },
}
