import { window } from '../window.ts'
import { effectsOf, markedInput, waitingFor } from './marked-input.ts'

/**
 * W30b: the effect has just become durable, and its consumer does not know that yet.
 *
 * The effect gate holds the consumer's COMMIT, and the consumer is stopped before it opens: the server commits, and whatever
 * was to come after that, a record, a row of an outbox, an offset, has not begun when the consumer dies. A process that is
 * killed a moment later may have done all of it.
 */
export const effectJustDurable = window({
  id: 'W30b',
  phrase: 'an effect has just become durable',
  title: 'the effect is durable, and its consumer does not know',
  held: 'effect gate; the consumer stopped (SIGSTOP) before it opens',
  shown: "the effect's transaction committed while its consumer stood still, and that died without going on",
  needs: { capabilities: ['create-trigger', 'kill-service'] },
  faults: ['pause'],
  gates: ['effect'],
  async enter(testbed) {
    const input = await testbed.putAtGate()
    await testbed.faults.inject('pause', testbed.consumer.name, 'SIGSTOP', async () => {
      await testbed.instance.pause()
      return `${testbed.instance.id} stands still`
    })
    await testbed.openGate()
    await testbed.effective(input, testbed.reach)
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input)
    const [effect] = input ? effectsOf(trial, input) : []
    const stopped = trial.first('fault.took-effect', ({ fault }) => fault === 'pause')
    const killed = trial.first('fault.took-effect', ({ fault }) => fault === 'kill')
    if (!input || !waiting || !effect || !stopped || !killed) return undefined
    if (effect.xid !== waiting.xid || effect.seq < stopped.seq || effect.seq > killed.seq) return undefined
    return {
      grade: 'A',
      says: `transaction ${effect.xid} made the effect of offset ${input.offset} durable while its consumer stood still, and ${killed.target} was hit before it went on`,
      events: [input.seq, waiting.seq, stopped.seq, effect.seq, killed.seq],
    }
  },
  async release(testbed) {
    await testbed.faults.heal('pause', testbed.consumer.name, async () => true)
    await testbed.openGate()
  },
})
