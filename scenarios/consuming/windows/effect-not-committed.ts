import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import type { ArmedWindow } from '../../window.ts'
import { commitPast, effectsOf, markedInput, waitingFor } from './marked-input.ts'

/**
 * W14: the consumer is inside the transaction of an effect, before its commit takes effect.
 *
 * The effect gate holds the consumer's COMMIT in the server; the bite then ends the session or the consumer.
 */
export const effectNotCommitted: ArmedWindow<ConsumerLaboratory> = {
  id: 'W14',
  title: 'in the transaction of an effect, before its commit',
  needs: { capabilities: ['create-trigger'] },
  instruments: ['effect-gate'],
  async arm(lab) {
    const input = lab.prepare()
    await lab.closeGate(input)
    await lab.parts.inputs.put(input)
    await lab.waitAtGate()
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input)
    // Once it is hit the consumer may go on at once, before the evidence of the hit is in: it could after this.
    const strike = trial.first('fault.armed', ({ seq }) => waiting !== undefined && seq > waiting.seq)
    const bite = trial.first('fault.bitten', ({ seq }) => strike !== undefined && seq > strike.seq)
    if (!input || !waiting || !strike || !bite) return undefined
    const [effect] = effectsOf(trial, input)
    const commit = commitPast(trial, input)
    if ((effect && effect.seq < strike.seq) || (commit && commit.seq < strike.seq)) return undefined
    return {
      grade: 'A',
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} when ${bite.target} was hit; the group had not committed past it`,
      events: [input.seq, waiting.seq, strike.seq, bite.seq],
    }
  },
  open: (lab) => lab.openGate(),
}
