import { window } from '../window.ts'
import { gradeOf, holderOf, reachedBeside, reachedIn, triesSoFar } from './gate-holder.ts'
import { generationsIn, handedOver, lastSeq, takeoverAfter } from './group-timeline.ts'
import { effectsOf, markedInput, waitingFor } from './marked-input.ts'

/**
 * W16: a member stands still in the transaction of an effect, its group gives its partitions to another one, and then
 * it goes on as if nothing had happened.
 *
 * Held by the effect gate: the first to bring the effect waits in COMMIT and is stopped there; whoever takes over
 * passes the gate. Only what the database decides keeps the effect from being there twice.
 */
export const zombie = window({
  id: 'W16',
  phrase: 'a member that lost its partitions goes on with its work',
  title: 'a member that lost its partitions goes on',
  held: 'effect gate, the holder stopped (SIGSTOP) until its session is over',
  shown:
    "the group gave the partition to another member in a later generation, and another backend, attempt or call came to the event, while the holder's backend waited at the gate",
  needs: { capabilities: ['create-trigger', 'kill-service'], consumers: 2, expiry: true },
  faults: ['pause'],
  gates: ['effect'],
  traits: ['rebalance', 'two-members'],
  async enter(testbed) {
    const input = await testbed.putAtGate()
    const tried = await triesSoFar(testbed, input)
    const since = lastSeq(testbed)
    await testbed.faults.inject('pause', testbed.consumer.name, 'SIGSTOP', async () => {
      const holder = holderOf(testbed)
      await holder.pause()
      return `${holder.id} stands still`
    })
    await handedOver(testbed, since, input)
    await reachedBeside(testbed, input, tried)
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input)
    const stopped = trial.first('fault.took-effect', ({ fault }) => fault === 'pause')
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
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} when generation ${taken.generation.generation} gave partition ${input.partition} to another member; ${reached.value} came to the same event meanwhile`,
      events: [input.seq, waiting.seq, stopped.seq, taken.generation.seq, reached.seq, opened.seq],
    }
  },
  async release(testbed) {
    if (testbed.waiting) {
      await testbed.faults.heal('pause', testbed.consumer.name, async () => {
        const holder = holderOf(testbed)
        await holder.resume()
        return holder.running
      })
    }
    await testbed.openGate()
  },
})
