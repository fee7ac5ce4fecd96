import { until } from '../../../core/until.ts'
import type { WireAct } from '../../../kafka-wire/fault.ts'
import type { Window } from '../../window.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import { window } from '../window.ts'
import { committed, markedDone, markedKey, published } from './marked.ts'

/** Milliseconds: longer than clients that mean to go on wait for an answer, shorter than the bound of recovery. */
const LATE = 3_000

/** What becomes of one request that stores records, of which nothing else on the connection is aware. */
interface NextRequest extends Pick<Window<PublisherTestbed>, 'id' | 'phrase' | 'title' | 'held' | 'shown'> {
  readonly act: WireAct
  /** Of the request, in the past. */
  readonly says: string
}

/**
 * Armed on the wire, for the next request with a record for a topic and for that one alone: a link would hurt all that
 * pass. The marked aggregate's change is the only one under way, so that the record is its own.
 */
function nextRequest({ act, says, ...words }: NextRequest) {
  return window({
    ...words,
    needs: {},
    faults: ['wire'],
    alone: true,
    async enter(testbed, [topic]) {
      const name = testbed.parts.topicPrefix + topic
      await testbed.wire.inject({ api: 'produce', topic: name, which: 'once', act })
      await testbed.load.place(testbed.markedKey)
      const what = `a produce request for ${name}`
      await until(() => testbed.wire.effects.length > 0, { what, deadline: testbed.reach })
    },
    entered(trial) {
      const fault = trial.first('fault.took-effect', ({ fault }) => fault === 'wire')
      const tx = committed(trial)
      const record = published(trial)
      if (!fault || !tx || !record) return undefined
      const mark = markedDone(trial, record.seq)
      if (mark && mark.seq < fault.seq) return undefined
      return {
        grade: 'A',
        says: `${fault.evidence} ${says}; ${markedKey(trial)}'s record was stored at offset ${record.offset}`,
        events: [tx.seq, fault.seq, record.seq],
      }
    },
    async release(testbed) {
      if (typeof act === 'object' && 'delay' in act) await testbed.hold(act.delay)
      await testbed.wire.heal()
    },
  })
}

/** W4a: the broker stores the next record on a topic, and its acknowledgement is lost. */
export const nextAcknowledgementLost = nextRequest({
  id: 'W4a',
  phrase: 'the broker stores the next record on {string} but its acknowledgement is lost',
  title: 'the next record is stored, its acknowledgement lost',
  held: 'the wire proxy keeps the answer to the next produce request for that topic',
  shown: 'the request was carried out and got no answer, the row was not marked before',
  act: 'drop-response',
  says: 'was carried out and got no answer',
})

/** W4b: the acknowledgement comes, later than whoever waits for it has patience. */
export const nextAcknowledgementLate = nextRequest({
  id: 'W4b',
  phrase: 'the broker stores the next record on {string} but its acknowledgement is late',
  title: 'the next record is stored, its acknowledgement late',
  held: 'the wire proxy delays the answer to the next produce request for that topic by 3 s',
  shown: 'the request was carried out and answered late, the row was not marked before',
  act: { delay: LATE },
  says: `was answered ${LATE / 1000} s late`,
})
