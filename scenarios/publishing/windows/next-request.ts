import type { WireAct } from '../../../kafka-wire/fault.ts'
import { markedKey } from '../../marked-key.ts'
import { window } from '../window.ts'
import { committed, markedDone, published } from './marked.ts'

/** Where a feature means the topic that the publisher declares, whatever that is. */
const ITS_OWN = '{topic}'

/** What becomes of one request that stores records, of which nothing else on the connection is aware. */
export interface NextRequest {
  readonly id: string
  readonly phrase: string
  readonly title: string
  readonly held: string
  readonly shown: string
  readonly act: WireAct
  /** Of the request, in the past. */
  readonly says: string
}

/**
 * Armed on the wire, for the next request with a record for a topic and for that one alone: a link would hurt all that
 * pass. The marked aggregate's change is the only one under way, so that the record is its own.
 */
export function nextRequest({ id, phrase, title, held, shown, act, says }: NextRequest) {
  return window({
    id,
    phrase,
    title,
    held,
    shown,
    needs: {},
    faults: ['wire'],
    alone: true,
    async enter(testbed, [topic]) {
      const name = topic === ITS_OWN ? testbed.plan.publisher.topic : testbed.parts.topicPrefix + topic
      await testbed.wire.inject({ api: 'produce', topic: name, which: 'once', act })
      await testbed.load.place(testbed.markedKey)
      await testbed.patience.until(`a produce request for ${name}`, () => testbed.wire.effects.length > 0)
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
