import type { EventOf } from '../../../proof/history/event.ts'
import { window } from '../window.ts'
import { handled } from './copies.ts'
import { commitPast, consumerOf, markedInput } from './marked-input.ts'

/**
 * An event lies on the topic whose Kafka transaction is aborted, and behind it one that counts.
 *
 * The transaction is held open until the other event is there: who reads what is committed has to wait for its end,
 * then passes over the one and handles the other.
 */
export const abortedTransaction = window({
  id: 'aborted-transaction',
  phrase: 'an event’s Kafka transaction is aborted',
  title: 'the Kafka transaction of an event is aborted',
  held: 'the harness holds a transaction open until another event lies behind it',
  shown: 'the marker that aborts it is behind the event; the group committed past the other one',
  needs: {},
  faults: ['transaction'],
  async enter(testbed) {
    const { inputs } = testbed.parts
    let abort = async () => {}
    await testbed.faults.inject('transaction', testbed.markedKey, 'a Kafka transaction is open', async () => {
      const open = await inputs.putOpen(testbed.prepare({ expect: 'nothing' }))
      abort = open.abort
      return `event ${open.input.event} lies at ${open.input.partition}/${open.input.offset}`
    })
    const next = await inputs.put(testbed.prepare())
    await testbed.faults.heal('transaction', testbed.markedKey, async () => {
      await abort()
      return true
    })
    await handled(testbed, next)
  },
  entered(trial) {
    const taken = markedInput(trial)
    const next = trial.first('input', ({ key, seq }) => key === taken?.key && seq > taken.seq)
    const past = next && commitPast(trial, next)
    if (taken?.expect !== 'nothing' || next?.partition !== taken.partition) return undefined
    if (!past && consumerOf(trial)?.progress !== 'own') return undefined
    const marker = trial.first('k.control', aborts(taken))
    if (!marker) return undefined
    return {
      grade: 'A',
      says: `the transaction of the event at ${taken.partition}/${taken.offset} was aborted at ${marker.offset}; the event at ${next.offset} waited for that, and was handled`,
      events: [taken.seq, next.seq, marker.seq, ...(past ? [past.seq] : [])],
    }
  },
  // What was taken back stays so.
  async release() {},
})

function aborts({ topic, partition, offset }: EventOf<'input'>) {
  return (marker: EventOf<'k.control'>) =>
    marker.outcome === 'abort' &&
    marker.topic === topic &&
    marker.partition === partition &&
    marker.offset > offset
}
