import { window } from '../window.ts'
import { effectsOf, markedInput, waitingFor } from './marked-input.ts'

/** Milliseconds between two commits of a client that commits by itself. */
const AUTO_COMMIT = 5_000
const HELD = AUTO_COMMIT + 1_000

/**
 * W15: an effect is held back for longer than clients wait before they commit by themselves.
 *
 * Nothing is hurt. A consumer that commits offsets by the clock, or before its work is durable, shows it here.
 */
export const effectHeld = window({
  id: 'W15',
  phrase: 'an effect is held back',
  title: 'the effect is held back, the consumer is alive',
  held: 'effect gate, 6 s',
  shown: 'a backend waited at the gate for longer than clients commit by themselves',
  needs: { capabilities: ['create-trigger'] },
  faults: [],
  gates: ['effect'],
  async enter(testbed) {
    await testbed.putAtGate()
    await testbed.hold(HELD)
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input)
    const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
    if (!input || !waiting || !opened || opened.at - waiting.at <= AUTO_COMMIT) return undefined
    const [effect] = effectsOf(trial, input)
    if (effect && effect.seq < opened.seq) return undefined
    const ended = trial.first('proc', ({ event, seq }) => event === 'exited' && seq < opened.seq)
    if (ended) return undefined
    return {
      grade: 'A',
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} for ${((opened.at - waiting.at) / 1000).toFixed(1)} s while its consumer ran`,
      events: [input.seq, waiting.seq, opened.seq],
    }
  },
  release: (testbed) => testbed.openGate(),
})
