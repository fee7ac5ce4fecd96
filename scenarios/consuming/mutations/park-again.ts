import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { coursesOf, scheduleIn } from '../predicates/put-aside.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** RD12: a dead letter is put aside more often than anything explains. */
export const parkAgain: Mutation<ConsumerView> = {
  predicate: 'RD12',
  says: 'add copies of a record on the parking lot',
  names: ['put-aside-twice'],
  applies: (view) => parkedIn(view) !== undefined,
  apply(view) {
    const course = parkedIn(view)
    const [record] = course?.parked ?? []
    if (course === undefined || record === undefined) return undefined
    const count = course.most - course.least + 1
    const copies = Array.from({ length: count }, (_, n) => ({
      ...record,
      seq: record.seq + (n + 1) / (count + 2),
      offset: record.offset + n + 1,
    }))
    return mutated(view.events, { added: copies })
  },
}

function parkedIn(view: ConsumerView) {
  const schedule = scheduleIn(view)
  return schedule && coursesOf(schedule, view).find(({ parked }) => parked.length > 0)
}
