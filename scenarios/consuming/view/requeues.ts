import type { LoggedRecord } from '../../../proof/history/logged-record.ts'
import type { ConsumedEvent } from './consumed-event.ts'

/**
 * Records of an event on its own topic that neither its publisher put there nor somebody who redrives its dead letter:
 * the consumer, which tries it again in that way. Of an event that we did not put ourselves nothing is known.
 */
export function requeuesOf({ inputs, deliveries, deadLetters }: ConsumedEvent): LoggedRecord[] {
  if (inputs.length === 0) return []
  const put = new Set(inputs.map(({ partition, offset }) => `${partition}@${offset}`))
  const dead = deadLetters[0]?.record.seq ?? Number.POSITIVE_INFINITY
  return deliveries.filter(
    ({ record: { partition, offset, seq } }) => !put.has(`${partition}@${offset}`) && seq < dead,
  )
}
