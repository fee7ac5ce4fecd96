import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import { effectsOf, markedInput, waitingFor } from './marked-input.ts'
import type { ArmedWindow } from '../../window.ts'
import { generationsIn, handedOver, lastSeq, takeoverAfter } from './group-course.ts'
import { gradeOf, holderOf, reachedBeside, reachedIn, triesSoFar } from './holder.ts'

/**
 * W16: a member stands still in the transaction of an effect, its group gives its partitions to another one, and then
 * it goes on as if nothing had happened.
 *
 * Held by the effect gate: the first to bring the effect waits in COMMIT and is stopped there; whoever takes over
 * passes the gate. Only what the database decides keeps the effect from being there twice.
 */
export const zombie: ArmedWindow<ConsumerLaboratory> = {
  id: 'W16',
  title: 'a member that lost its partitions goes on',
  needs: { capabilities: ['create-trigger', 'kill-service'], consumers: 2, expiry: true },
  instruments: ['effect-gate', 'pause'],
  async arm(lab) {
    const prepared = lab.prepare()
    await lab.closeGate(prepared)
    const input = await lab.parts.inputs.put(prepared)
    await lab.waitAtGate()
    const tried = await triesSoFar(lab, input)
    const since = lastSeq(lab)
    await lab.instruments.strike('pause', nameOf(lab), 'SIGSTOP', async () => {
      const holder = holderOf(lab)
      holder.pause()
      return `process ${holder.pid} stands still`
    })
    await handedOver(lab, since, input)
    await reachedBeside(lab, input, tried)
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input)
    const stopped = trial.first('fault.bitten', ({ fault }) => fault === 'pause')
    const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
    if (!input || !waiting || !stopped || !opened || stopped.seq < waiting.seq) return undefined
    const taken = takeoverAfter(generationsIn(trial), input, stopped.seq)
    const before = generationsIn(trial).findLast(({ seq }) => seq <= stopped.seq)
    if (!taken || taken.generation.seq > opened.seq) return undefined
    if (taken.generation.generation <= (before?.generation ?? Number.POSITIVE_INFINITY)) return undefined
    const own = effectsOf(trial, input).find(({ xid }) => xid === waiting.xid)
    if (own && own.seq < opened.seq) return undefined
    const reached = reachedIn(trial, input)
    if (!reached) return undefined
    return {
      grade: gradeOf(reached),
      says: `backend ${waiting.pid} of ${waiting.applicationName} stood in the COMMIT of the effect of offset ${input.offset} when generation ${taken.generation.generation} gave partition ${input.partition} to another member; ${reached.value} came to the same event meanwhile`,
      events: [input.seq, waiting.seq, stopped.seq, taken.generation.seq, reached.seq, opened.seq],
    }
  },
  async open(lab) {
    if (lab.waiting) {
      await lab.instruments.clear('pause', nameOf(lab), async () => {
        const holder = holderOf(lab)
        holder.resume()
        return holder.running
      })
    }
    await lab.openGate()
  },
}

function nameOf({ waiting }: ConsumerLaboratory): string {
  return waiting?.applicationName ?? ''
}
