import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import { effectsOf, markedInput, waitingFor } from './marked-input.ts'
import type { ArmedWindow } from '../../window.ts'
import { generationsIn, handedOver, lastSeq, takeoverAfter } from './group-course.ts'
import { gradeOf, reachedBeside, reachedIn, triesSoFar } from './holder.ts'

/**
 * W17: the work on an event takes longer than max.poll.interval.ms. Its member runs and sends heartbeats, and the
 * group goes on without it.
 */
export const slowWork: ArmedWindow<ConsumerLaboratory> = {
  id: 'W17',
  title: 'work that takes longer than the group waits for',
  needs: { capabilities: ['create-trigger'], consumers: 2, expiry: true },
  instruments: ['effect-gate'],
  async arm(lab) {
    const prepared = lab.prepare()
    await lab.closeGate(prepared)
    const input = await lab.parts.inputs.put(prepared)
    await lab.waitAtGate()
    const tried = await triesSoFar(lab, input)
    const since = lastSeq(lab)
    await handedOver(lab, since, input)
    await reachedBeside(lab, input, tried)
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input)
    const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
    if (!input || !waiting || !opened) return undefined
    const taken = takeoverAfter(generationsIn(trial), input, waiting.seq)
    if (!taken || taken.generation.seq > opened.seq) return undefined
    const own = effectsOf(trial, input).find(({ xid }) => xid === waiting.xid)
    const ended = trial.first('proc', ({ event, seq }) => event === 'exited' && seq < opened.seq)
    const reached = reachedIn(trial, input)
    if (!reached || ended || (own && own.seq < opened.seq)) return undefined
    return {
      grade: gradeOf(reached),
      says: `backend ${waiting.pid} of ${waiting.applicationName} stood in the COMMIT of the effect of offset ${input.offset} for ${((taken.generation.at - waiting.at) / 1000).toFixed(1)} s, until generation ${taken.generation.generation} gave partition ${input.partition} to another member and ${reached.value} came to the same event; no process had ended`,
      events: [input.seq, waiting.seq, taken.generation.seq, reached.seq, opened.seq],
    }
  },
  open: (lab) => lab.openGate(),
}
