import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** RD10: a dead letter leads to more dead letters than anything explains. */
export const multiplyDeadLetter: Mutation<ConsumerView> = {
  predicate: 'RD10',
  says: 'add copies of a dead letter',
  names: ['dlt-loop'],
  applies: (view) => view.consumed.some(({ deadLetters }) => deadLetters.length > 0),
  apply(view) {
    const event = view.consumed.find(({ deadLetters }) => deadLetters.length > 0)
    const record = event?.deadLetters[0]?.record
    if (event === undefined || record === undefined) return undefined
    const last = Math.max(record.seq, ...event.deadLetters.map((one) => one.record.seq))
    const first = event.deliveries[0]?.record.seq ?? 0
    const count = event.deliveries.length + view.rereadsBetween(first, last + 1) + 1
    const end = Math.max(...view.topics.deadLetters.map((one) => one.record.offset)) + 1
    const copies = Array.from({ length: count }, (_, n) => ({
      ...record,
      seq: last + (n + 1) / (count + 2),
      offset: end + n,
    }))
    return mutated(view.events, { added: copies })
  },
}
