import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import { startInstance, stopInstance } from './stop.ts'
import type { ArmedWindow } from '../../window.ts'
import { copiesDone, copiesHandled, handled, markedInputs, putCopies } from './copies.ts'

/** W18: an event comes again after its consumer was restarted: what was only in memory is gone. */
export const copyAfterRestart: ArmedWindow<ConsumerLaboratory> = {
  id: 'W18-restart',
  title: 'a copy comes after a restart',
  needs: { capabilities: ['kill-service'] },
  instruments: ['stop', 'copies'],
  async arm(lab) {
    const prepared = lab.prepare()
    await handled(lab, await lab.parts.inputs.put(prepared))
    await stopInstance(lab, lab.instance)
    await startInstance(lab, lab.instance)
    await handled(lab, ...(await putCopies(lab, { of: prepared })))
  },
  entered(trial) {
    const inputs = markedInputs(trial)
    const [first, copy] = inputs
    const ready = trial.first('proc', ({ event, seq }) => event === 'ready' && seq > (first?.seq ?? seq))
    if (!first || !ready || copy?.event !== first.event || copy.seq < ready.seq) return undefined
    return copiesHandled(trial, inputs, `the second after process ${ready.pid} was started`)
  },
  open: copiesDone,
}
