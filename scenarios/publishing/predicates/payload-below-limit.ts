import { counterexample, held, more, placeOf, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { PublishedRecord } from '../view/expected-event.ts'

/** Bytes of a value: 1 MB, the guide's limit. Kafka's own default is 1,048,588 for a whole batch as it is stored. */
export const LARGEST_VALUE = 1_000_000

/**
 * PS1. No value on the topic is larger than 1 MB.
 *
 * What can violate it: a publisher with raised limits, or one whose compression takes a large value past the broker.
 * How it is seen: the size of the value after decompression, as every consumer gets it; the largest is shown.
 */
export const payloadBelowLimit = predicate({
  id: 'PS1',
  title: 'size',
  claim: 'no event is larger than 1 MB',
  promise: 'No stored value is larger than 1 MB.',
  formal: 'no stored value is larger than 1 MB: 1,000,000 bytes, uncompressed',
  controls: ['P4'],
  violations: {
    'payload-too-large': {},
  },
  check({ records }) {
    let largest: PublishedRecord | undefined
    let count = 0
    for (const published of records) {
      const { valueBytes } = published.record
      if (valueBytes <= LARGEST_VALUE) continue
      count++
      if (largest === undefined || valueBytes > largest.record.valueBytes) largest = published
    }
    if (largest === undefined) return held(this.id, records.length)
    const { seq, key, valueBytes } = largest.record
    const says = `the value at ${placeOf(largest)} has ${valueBytes} bytes, more than ${LARGEST_VALUE}${more(count)}`
    const subject = { ...(largest.id && { eventId: largest.id }), ...(key !== null && { key }) }
    return violated(this.id, 'payload-too-large', counterexample(says, [seq], subject))
  },
  /** A value is one byte larger than it may be. */
  mutation: {
    says: 'let a value be too large',
    applies: (view) => view.records.length > 0,
    apply(view) {
      const record = view.records[0]?.record
      return record && mutated(view.events, { replaced: [{ ...record, valueBytes: LARGEST_VALUE + 1 }] })
    },
  },
})
