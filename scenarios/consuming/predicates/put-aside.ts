import { counterexample, held, stalled, unknown, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { eventIdReader } from '../../../proof/history/event-id.ts'
import { type Fact, isFact } from '../../../proof/history/recorded-fact.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { clockErrorOf, deliverySeqs, eventName, eventSubject, secondsGive } from './naming.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** Dead letters are redriven by schedule; so often, before they are put on this topic. */
    'redrive.after': number
  }
}

type Record = EventOf<'k.record'>
/** What became of a dead letter under redrives. */
interface Redriven {
  readonly event: ConsumedEvent
  readonly parked: readonly Record[]
  /** Dead letters that redrives and whoever hurt us explain, before it must be put aside. */
  readonly least: number
  readonly most: number
}

/**
 * RD12. A dead letter that fails again after every redrive is put aside: once, and not before.
 *
 * What can violate it: a count of redrives that the consumer drops or nobody looks at, a schedule without a limit, a
 * limit that is another one than declared.
 * How it is seen: dead letters of an event that must fail, against the records on the parking lot, while dead letters are
 * redriven by schedule. Each time that a fault or a rebalance may have made the group read again allows one more.
 */
export const putAside = predicate({
  id: 'RD12',
  title: 'put aside',
  claim: 'a dead letter that fails after every redrive is put aside',
  promise: 'A dead letter that fails again after every redrive is put aside: once, and not before.',
  formal:
    'while dead letters are redriven by schedule: an event that must fail is one dead letter more than redrives are declared, and then on the parking lot, once; each reread, fault or new generation allows one more',
  expectation: 'declared',
  controls: ['C2'],
  violations: {
    'redriven-without-end': {},
    'put-aside-early': {},
    'put-aside-twice': {},
    'never-put-aside': {},
  },
  undeclared: (view) => (scheduleIn(view) ? undefined : 'nobody redrives dead letters by schedule'),
  check(view) {
    const schedule = scheduleIn(view)
    if (schedule === undefined) return held(this.id, 0)
    const redriven = redrivenBy(schedule, view)
    for (const one of redriven) {
      const name = misjudged(one)
      if (name !== undefined) return violated(this.id, name, evidence(one, schedule))
    }
    const open = redriven.filter(({ parked }) => parked.length === 0)
    const [late] = open.filter(({ event }) => view.lastAt - lastOf(event).at >= view.plan.bounds.recovery)
    if (late !== undefined) {
      const { at } = lastOf(late.event)
      const ago = secondsGive(view.lastAt - at, clockErrorOf(view, at), 1)
      return stalled(this.id, 'never-put-aside', evidence(late, schedule, ago))
    }
    if (open.length > 0)
      return unknown(
        this.id,
        `${open.length} dead letters were still being redriven: let redrive.scheduled hold settings by which that takes no longer than recoverWithin, or raise it`,
      )
    return held(this.id, redriven.length)
  },
  /** A dead letter is put aside more often than anything explains. */
  mutation: {
    says: 'add copies of a record on the parking lot',
    names: ['put-aside-twice'],
    applies: (view) => parkedIn(view) !== undefined,
    apply(view) {
      const redriven = parkedIn(view)
      const [record] = redriven?.parked ?? []
      if (redriven === undefined || record === undefined) return undefined
      const count = redriven.most - redriven.least + 1
      const copies = Array.from({ length: count }, (_, n) => ({
        ...record,
        seq: record.seq + (n + 1) / (count + 2),
        offset: record.offset + n + 1,
      }))
      return mutated(view.events, { added: copies })
    },
  },
})

export function scheduleIn({ events }: ConsumerView): Fact<'redrive.after'> | undefined {
  return events.find((event) => isFact(event, 'redrive.after'))
}

/** Events that must fail and are dead letters, behind the moment from which they are redriven. */
export function redrivenBy(schedule: Fact<'redrive.after'>, view: ConsumerView): Redriven[] {
  const idOf = eventIdReader(view.plan.consumer.eventId)
  const parked = Map.groupBy(
    view.events.filter((one): one is Record => one.kind === 'k.record' && one.topic === schedule.subject),
    idOf,
  )
  return view.consumed
    .filter(({ inputs: [input], deadLetters }) => input?.expect === 'dead-letter' && deadLetters.length > 0)
    .filter(({ inputs: [input] }) => (input?.seq ?? 0) > schedule.seq)
    .map((event) => {
      const least = schedule.value + 1
      const rereads = view.rereadsBetween(event.deliveries[0]?.record.seq ?? 0, lastOf(event).seq)
      return { event, parked: parked.get(event.id) ?? [], least, most: least + rereads }
    })
}

function misjudged({ event, parked, least, most }: Redriven): string | undefined {
  const { deadLetters } = event
  const [first] = parked
  if (first !== undefined && deadLetters.filter(({ record }) => record.seq < first.seq).length < least)
    return 'put-aside-early'
  if (deadLetters.length > most) return 'redriven-without-end'
  return parked.length > 1 + most - least ? 'put-aside-twice' : undefined
}

function lastOf({ deadLetters }: ConsumedEvent): { readonly seq: number; readonly at: number } {
  return deadLetters.at(-1)?.record ?? { seq: 0, at: 0 }
}

function evidence({ event, parked, most }: Redriven, schedule: Fact<'redrive.after'>, late?: string) {
  const { deadLetters } = event
  const says = `${eventName(event)} was a dead letter ${deadLetters.length} times and was put on ${schedule.subject} ${parked.length} times${late === undefined ? '' : `; it became one ${late} ago`}; ${schedule.value} redrives are declared, ${most} dead letters can be explained`
  const seqs = [
    ...deliverySeqs(event),
    ...deadLetters.map(({ record }) => record.seq),
    ...parked.map(({ seq }) => seq),
  ]
  return counterexample(says, seqs, eventSubject(event), late === undefined ? 'A' : 'C')
}

function parkedIn(view: ConsumerView) {
  const schedule = scheduleIn(view)
  return schedule && redrivenBy(schedule, view).find(({ parked }) => parked.length > 0)
}
