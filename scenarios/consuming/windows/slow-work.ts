import { window } from '../window.ts'
import { gradeOf, reachedBeside, reachedIn, triesSoFar } from './gate-holder.ts'
import { generationsIn, handedOver, lastSeq, takeoverAfter } from './group-timeline.ts'
import { effectsOf, markedInput, waitingFor } from './marked-input.ts'

/**
 * W17: the work on an event takes longer than max.poll.interval.ms. Its member runs and sends heartbeats, and the
 * group goes on without it.
 */
export const slowWork = window({
  id: 'W17',
  phrase: 'work takes longer than the group waits for',
  title: 'work that takes longer than the group waits for',
  held: 'effect gate until max.poll.interval is over',
  shown:
    'the group gave the partition to another member, and another backend, attempt or call came to the event, while its backend waited at the gate; no process had ended',
  needs: { capabilities: ['create-trigger'], consumers: 2, expiry: true },
  faults: [],
  gates: ['effect'],
  traits: ['rebalance', 'two-members'],
  async enter(testbed) {
    const input = await testbed.putAtGate()
    const tried = await triesSoFar(testbed, input)
    const since = lastSeq(testbed)
    await handedOver(testbed, since, input)
    await reachedBeside(testbed, input, tried)
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
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} for ${((taken.generation.at - waiting.at) / 1000).toFixed(1)} s, until generation ${taken.generation.generation} gave partition ${input.partition} to another member and ${reached.value} came to the same event; no process had ended`,
      events: [input.seq, waiting.seq, taken.generation.seq, reached.seq, opened.seq],
    }
  },
  release: (testbed) => testbed.openGate(),
})
