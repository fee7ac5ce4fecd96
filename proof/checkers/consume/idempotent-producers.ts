import type { ConsumerView } from '../../history/consumer-view.ts'
import type { Checker } from '../checker.ts'
import { held, more, placeOf, violated, witness } from '../findings.ts'

/**
 * PC2, of a consumer's own producers. Every retry, dead letter and output carries a producer id, and so does every
 * produce request for one.
 *
 * What can violate it: a producer without idempotence: its own retries can store a record twice or out of order.
 * How it is seen: on the log, whatever became of the record; and in the bytes of the requests.
 * Source of the rule: the guide's producer settings, `enable.idempotence=true`.
 */
export const idempotentProducers: Checker<ConsumerView> = {
  id: 'PC2',
  promise: 'every producer is idempotent',
  names: ['not-idempotent'],
  check({ topics, producing }) {
    const own = [...topics.retries, ...topics.deadLetters, ...topics.outputs]
    const stored = own.filter(({ record }) => record.producerId < 0)
    const [first] = stored
    if (first !== undefined) {
      const says = `the record at ${placeOf(first)} carries no producer id${more(stored.length)}`
      const { key } = first.record
      const subject = { ...(first.id && { eventId: first.id }), ...(key !== null && { key }) }
      return violated(this.id, 'not-idempotent', witness(says, [first.record.seq], subject))
    }
    const asked = producing.find(({ idempotent }) => !idempotent)
    if (asked === undefined) return held(this.id, own.length + producing.length)
    const says = `client ${asked.clientId} sent a batch without a producer id`
    return violated(this.id, 'not-idempotent', witness(says, [asked.seq], {}, 'B'))
  },
}
