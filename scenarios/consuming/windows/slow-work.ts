import type { Entry, Trial } from '../../../proof/window.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { window } from '../window.ts'
import { gradeOf, reachedBeside, reachedIn, triesSoFar } from './gate-holder.ts'
import { generationsIn, handedOver, lastSeq, ownerAt, takeoverAfter } from './group-timeline.ts'
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
  excluded: workedBeside,
  release: (testbed) => testbed.openGate(),
})

/** Milliseconds at the gate: a client that waits for its work is out of its group by then, as its limit is declared for this. */
const LONG = 15_000

/** Clients that leave their group when nobody polls; others tell the group a limit, and mean how long they take to join. */
const LIMITED = /java|librdkafka|confluent/i

/** A client that polls beside its work is never told from one that has none. */
function workedBeside(trial: Trial<ConsumerView>): Entry | undefined {
  const input = markedInput(trial)
  const waiting = input && waitingFor(trial, input)
  const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
  if (!input || !waiting || !opened || opened.at - waiting.at < LONG) return undefined
  const generations = generationsIn(trial)
  const owner = ownerAt(generations, input, waiting.seq)
  const last = generations.findLast(({ seq }) => seq < opened.seq)
  const waited = opened.at - waiting.at
  const limits = trial.view.asked
    .filter(({ software }) => software === null || LIMITED.test(software))
    .map(({ settings }) => Number(settings['max.poll.interval.ms'] ?? 0))
  // It has a limit, and a longer one: the config does not reach it.
  if (limits.some((limit) => limit > waited)) return undefined
  if (owner === undefined || last === undefined || last.seq > waiting.seq || last.members.length < 2)
    return undefined
  return {
    grade: 'A',
    says: `${owner} kept partition ${input.partition} in generation ${last.generation} for ${(waited / 1000).toFixed(1)} s while its backend stood in the COMMIT of an effect: its client polls beside its work, so that its group never waits for it (where it has a limit, such as max.poll.interval.ms, expiry.env has to set it)`,
    events: [input.seq, waiting.seq, last.seq, opened.seq],
  }
}
