import { placeOf } from '../../../proof/findings.ts'
import { attemptsOf } from '../view/attempt-log.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { firstRead } from '../view/first-read.ts'

/** Why nobody tried an event, and what shows it. */
export interface ColdStart {
  readonly says: string
  readonly seqs: readonly number[]
}

/** Nobody tried it: the group had no offset to go on from, and its first commit is behind it. */
export function withoutOffset(event: ConsumedEvent, { group }: ConsumerView): ColdStart | undefined {
  const [record] = event.deliveries
  const loss = record && group.lostBefore(record.record)
  if (loss === undefined || event.deliveries.length > 1 || attemptsOf(event).length > 0) return undefined
  return { says: "the group's offset was deleted", seqs: [loss.seq] }
}

/** Nobody tried it: each record of it lies before the first position that the group ever had there. */
export function beforeFirstRead(event: ConsumedEvent, view: ConsumerView): ColdStart | undefined {
  const [first] = event.deliveries
  if (first === undefined || attemptsOf(event).length > 0) return undefined
  const reads = event.deliveries.map(({ record }) => {
    const read = firstRead(view, record)
    const wasThere = view.group
      .commitsOf(record.topic, record.partition)
      .some(({ offset }) => offset >= 0 && offset <= record.offset)
    return read !== undefined && read.value.offset > record.offset && !wasThere ? read : undefined
  })
  const [read] = reads
  if (read === undefined || reads.includes(undefined)) return undefined
  const says = `the group had no position yet and began to read ${read.subject} from ${read.value.offset} on, behind ${placeOf(first)} (auto.offset.reset: latest)`
  return { says, seqs: [read.seq] }
}
