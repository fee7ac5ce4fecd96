import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { Completions } from './completion.ts'
import { deedsOf, takenDeed } from './deeds.ts'
import { eventName, eventSubject } from './naming.ts'

/** Effects that were committed later and whose calls came after all faults: so many make a missing call lost, and not late. */
const LATER = 3
/** The share of effects that have calls, from which on one without any is missing them. */
const MOST = 0.9

/**
 * IC10. What took effect was done outside, too.
 *
 * What can violate it: the row first ("so that it is never paid twice") and then the call: a call that fails is tried
 * again, finds the row, and takes the event for done.
 * How it is seen: our stub writes down each call and what it answered. Lost is not late: the group is through with the
 * event, and effects that were committed later have their calls, made after all faults. A dead letter is another end, and
 * an event without any call is asked only where nearly all others have one.
 */
export const callsTaken = predicate({
  id: 'IC10',
  title: 'done outside',
  promise: 'An event that took effect has a call to the outside that was taken.',
  formal:
    'an event with an effect and no dead letter, past which the group has committed, has a call that was answered below 400, once three effects that were committed later have theirs after all faults (where calls are declared)',
  expectation: 'declared',
  controls: ['C1'],
  violations: { 'lost-call': {} },
  undeclared: ({ plan }) => (plan.consumer.calls === undefined ? 'no calls are declared' : undefined),
  check(view) {
    const asked = candidates(view)
    const completions = new Completions(view)
    const lost = asked.filter(
      (event) => takenDeed(event) === undefined && laterThan(event, asked, view).length > 0,
    )
    for (const event of lost) {
      const completion = completions.of(event)
      if (completion === undefined) continue
      const effect = effectOf(event, view)
      const deeds = deedsOf(event)
      const last = deeds.at(-1)
      const made = last === undefined ? 'no call was made' : `its last call was answered ${last.status}`
      const says = `${eventName(event)} took effect in transaction ${effect?.xid}, and ${made}${more(lost.length)}; ${completion.says}, and effects that were committed later have their calls`
      const seqs = [effect?.seq, last?.seq, ...completion.events, ...laterThan(event, asked, view)]
      return violated(this.id, 'lost-call', counterexample(says, seqs, eventSubject(event), completion.grade))
    }
    return held(this.id, asked.length)
  },
  /** What the outside took, it refused. */
  mutation: {
    says: 'let the outside refuse all calls of an event that took effect',
    applies: (view) => victim(view) !== undefined,
    apply(view) {
      const event = victim(view)
      if (event === undefined) return undefined
      return mutated(view.events, { replaced: deedsOf(event).map((call) => ({ ...call, status: 503 })) })
    },
  },
})

/** One whose call would be missed. */
function victim(view: ConsumerView): ConsumedEvent | undefined {
  const asked = candidates(view)
  const completions = new Completions(view)
  return asked.find(
    (event) =>
      takenDeed(event) !== undefined &&
      laterThan(event, asked, view).length > 0 &&
      completions.of(event) !== undefined,
  )
}

/** Events that took effect and did not end elsewhere, with their calls; those without, where nearly all have some. */
function candidates(view: ConsumerView): ConsumedEvent[] {
  if (view.plan.consumer.calls === undefined) return []
  const events = view.consumed.filter(
    (event) => event.deadLetters.length === 0 && view.standing(event).length > 0,
  )
  const calling = events.filter((event) => deedsOf(event).length > 0)
  return calling.length >= MOST * events.length ? events : calling
}

/** `seq` of the calls of three effects that were committed later, made after all faults; none where there are fewer. */
function laterThan(event: ConsumedEvent, events: readonly ConsumedEvent[], view: ConsumerView): number[] {
  const cleared = view.disturbances.allHealed?.seq ?? 0
  const lsn = effectOf(event, view)?.commitLsn ?? Number.POSITIVE_INFINITY
  const seqs: number[] = []
  for (const other of events.toReversed()) {
    const call = takenDeed(other)
    if (call === undefined || call.seq <= cleared || (effectOf(other, view)?.commitLsn ?? 0) <= lsn) continue
    seqs.push(call.seq)
    if (seqs.length === LATER) return seqs
  }
  return []
}

function effectOf(event: ConsumedEvent, view: ConsumerView) {
  return view.standing(event)[0]?.tx
}
