import { window } from '../window.ts'
import { commitPast, consumerOf, effectsOf, markedInputs, waitingFor } from './marked-input.ts'

/**
 * W14: the consumer is inside the transaction of an effect, before its commit takes effect.
 *
 * The effect gate holds the consumer's COMMIT in the server, with more events of its batch behind it. Where the consumer
 * works on several at once others get ahead, and its group has time to commit; the fault then ends the session or the
 * consumer. A consumer that is killed may not have sent its COMMIT yet: it is rolled back.
 */
export const effectNotCommitted = window({
  id: 'W14',
  phrase: 'an effect is not durable yet',
  title: 'in the transaction of an effect, before its commit',
  held: 'effect gate, until events of other keys behind it got ahead where the consumer works on several at once; then the consumer killed or its session ended',
  shown:
    'a backend waited at the gate when it was hit; no effect before, and no commit past the record without an inbox',
  needs: { capabilities: ['create-trigger'] },
  faults: [],
  gates: ['effect'],
  async enter(testbed) {
    await testbed.putBatchAtGate()
  },
  entered(trial) {
    // The last one of those that stood there: the ones before it made room for those behind it.
    const input = markedInputs(trial).findLast((each) => waitingFor(trial, each) !== undefined)
    const waiting = input && waitingFor(trial, input)
    // Once it is hit the consumer may go on at once, before the evidence of the hit is in: it could after this.
    const strike = trial.first('fault.injected', ({ seq }) => waiting !== undefined && seq > waiting.seq)
    const fault = trial.first('fault.took-effect', ({ seq }) => strike !== undefined && seq > strike.seq)
    if (!input || !waiting || !strike || !fault) return undefined
    const [effect] = effectsOf(trial, input)
    // What is stored in an inbox may be committed before it is worked on.
    const commit = consumerOf(trial)?.inbox === undefined ? commitPast(trial, input) : undefined
    if ((effect && effect.seq < strike.seq) || (commit && commit.seq < strike.seq)) return undefined
    return {
      grade: 'A',
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} when ${fault.target} was hit; the group had not committed past it`,
      events: [input.seq, waiting.seq, strike.seq, fault.seq],
    }
  },
  release: (testbed) => testbed.openGateBehind(),
})
