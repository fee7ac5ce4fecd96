import { counterexample, held, more, stalled, unknown, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { committedLater, rowsOf } from '../mutations/rows.ts'
import { WHICH_ROWS } from '../mutations/which-rows.ts'
import { predicate } from '../predicate.ts'
import { type ConsumedEvent, expectedOutcome, isDiverted } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { beforeFirstRead, type ColdStart, withoutOffset } from './cold-start.ts'
import { type Completion, Completions } from './completion.ts'
import { droppedEffects } from './dropped-effects.ts'
import { clockErrorOf, deliverySeqs, eventName, eventSubject, secondsGive } from './naming.ts'

/**
 * IC1. Every event that was delivered takes effect once, however often it is delivered.
 *
 * What can violate it: no dedupe, one that a restart forgets, a check before the insert, an offset that is committed
 * before the effect, an exception that is swallowed; an event of a Kafka transaction that was aborted; a group that
 * has no offset and begins at the end (`cold-start-loss`).
 * How it is seen: rows of the effect table in the transactions of the database's own log, by event id or amount.
 * Dead letters count as handled; what is written over by a newer version of its key needs no row of its own.
 * Why "absent" means lost and not late: the group committed past every record of the event. Without it:
 * `stalled-consumer`, after the declared bound.
 */
export const exactlyOneEffect = predicate({
  id: 'IC1',
  title: 'one effect',
  claim: 'every event takes effect exactly once',
  promise: 'Every event that was delivered takes effect exactly once, or is kept as a dead letter.',
  formal: 'Q ⇒ every delivered event took effect exactly once, or is a dead letter',
  controls: ['C1'],
  alsoFor: ['O3', 'D3'],
  violations: {
    'duplicate-effect': {},
    'aborted-read': { means: 'its Kafka transaction was aborted' },
    'cold-start-loss': {
      means: 'the group had lost its offset, or had none yet, and went on behind an event that was not tried',
    },
    'lost-effect': {},
    'stalled-consumer': {
      means: 'without completion evidence, or where all took effect and no offset was ever committed',
    },
  },
  check(view) {
    const dropped = droppedEffects(view)
    if (dropped !== undefined) return dropped
    const twice = view.consumed.filter((event) => appliedAgain(event, view))
    if (twice[0] !== undefined) return duplicate(twice[0], twice.length, view)
    const aborted = view.consumed.find(
      ({ deliveries, hidden, effects }) =>
        deliveries.length === 0 && effects.length > 0 && hidden.some(({ fate }) => fate === 'aborted'),
    )
    if (aborted !== undefined) {
      const says = `${eventName(aborted)} took effect, and the Kafka transaction that brought it was aborted`
      const seqs = [aborted.hidden[0]?.record.seq, aborted.effects[0]?.tx.seq]
      return violated(this.id, 'aborted-read', counterexample(says, seqs, eventSubject(aborted)))
    }
    const delivered = view.consumed.filter(({ deliveries }) => deliveries.length > 0)
    const missing = delivered.filter((event) => owesEffect(event, view))
    if (missing.length === 0) return neverCommitted(view) ?? held(this.id, delivered.length)
    return absent(missing, view)
  },
  /** An event is applied a second time. */
  mutation: {
    says: 'apply an event a second time',
    unseen: WHICH_ROWS,
    names: ['duplicate-effect'],
    applies: (view) =>
      droppedEffects(view) === undefined && view.consumed.some((event) => view.standing(event).length > 0),
    apply(view) {
      const event = view.consumed.find((one) => one.deliveries.length > 0 && view.standing(one).length === 1)
      const effect = event && view.standing(event)[0]
      if (event === undefined || effect === undefined) return undefined
      const { tx } = effect
      const again = rowsOf(event, tx, view.plan.consumer.effects)
      if (again.length === 0) return undefined
      return mutated(view.events, { added: [committedLater(tx, again, view)] })
    },
  },
})

/** It must lead to an effect, has none, and is not on a way that may still bring one. */
export function owesEffect(event: ConsumedEvent, view: ConsumerView): boolean {
  return (
    event.effects.length === 0 &&
    event.deadLetters.length === 0 &&
    mustEnd(event, view) &&
    !view.superseded(event)
  )
}

/** Where no dead letters are declared nobody knows where an event is kept that was to fail. */
function mustEnd(event: ConsumedEvent, view: ConsumerView): boolean {
  const expected = expectedOutcome(event)
  return expected === 'effect' || (expected === 'either' && view.plan.consumer.retry !== undefined)
}

/** More than once, within the time in which the consumer promises to recognise an event. */
function appliedAgain(event: ConsumedEvent, view: ConsumerView): boolean {
  if (event.effects.length === 0 || view.timesApplied(event) <= 1) return false
  const { dedupeWithin } = view.plan.consumer
  const effects = view.standing(event)
  if (dedupeWithin === undefined || effects.length < 2) return true
  return effects.some(({ tx }, i) => i > 0 && tx.at - (effects[i - 1]?.tx.at ?? 0) <= dedupeWithin)
}

function duplicate(event: ConsumedEvent, count: number, view: ConsumerView) {
  const effects = view.standing(event)
  const xids = effects.map(({ tx }) => tx.xid).join(' and ')
  const says = `${eventName(event)} took effect ${view.timesApplied(event)} times, by transaction ${xids}${more(count)}`
  const seqs = [...deliverySeqs(event), ...effects.map(({ tx }) => tx.seq)]
  return violated('IC1', 'duplicate-effect', counterexample(says, seqs, eventSubject(event)))
}

function absent(missing: readonly ConsumedEvent[], view: ConsumerView) {
  const [unexplained] = view.effects.unexplained
  if (unexplained !== undefined)
    return unknown(
      'IC1',
      `transaction ${unexplained.xid} brought an amount that no event has: let effects.amount be a column that holds the event's {amount} as it is, or declare effects.eventId`,
    )
  const completions = new Completions(view)
  const lost = missing.flatMap((event) => {
    const completion = completions.of(event)
    return completion === undefined ? [] : [{ event, completion }]
  })
  const cold = coldStarts(lost, (event) => withoutOffset(event, view))
  if (cold[0] !== undefined) return coldStartLoss(cold[0], cold.length)
  const early = coldStarts(lost, (event) => beforeFirstRead(event, view))
  const [first] = lost.filter((one) => !early.some(({ event }) => event === one.event))
  if (first !== undefined) {
    const { event, completion } = first
    const where = isDiverted(event) ? 'has no effect after its retries' : 'has no effect'
    const says = `${eventName(event)} ${where}, and ${completion.says}${more(lost.length)}`
    const seqs = [
      ...deliverySeqs(event),
      ...event.retries.map(({ record }) => record.seq),
      ...completion.events,
    ]
    return violated('IC1', 'lost-effect', counterexample(says, seqs, eventSubject(event), completion.grade))
  }
  if (early[0] !== undefined) return coldStartLoss(early[0], early.length)
  const late = missing.filter((event) => completions.overdue(event))
  const [overdue] = late
  if (overdue === undefined)
    return unknown(
      'IC1',
      `${missing.length} events have no effect, and the history ends before their bound: let the run come to its end`,
    )
  const bound = secondsGive(view.plan.bounds.recovery, clockErrorOf(view, view.lastAt))
  const says = `${eventName(overdue)} has no effect ${bound} after all faults${more(late.length)}; nothing says that it is lost`
  const seqs = [...deliverySeqs(overdue), view.disturbances.allHealed?.seq, view.events.at(-1)?.seq]
  return stalled('IC1', 'stalled-consumer', counterexample(says, seqs, eventSubject(overdue), 'C'))
}

interface Lost {
  readonly event: ConsumedEvent
  readonly completion: Completion
}

/** Those of what is lost that nobody tried, as `why` shows it. */
function coldStarts(lost: readonly Lost[], why: (event: ConsumedEvent) => ColdStart | undefined) {
  return lost.flatMap((one) => {
    const start = why(one.event)
    return start === undefined ? [] : [{ ...one, start }]
  })
}

function coldStartLoss({ event, completion, start }: Lost & { readonly start: ColdStart }, count: number) {
  const says = `${eventName(event)} has no effect and was not tried: ${start.says}, and ${completion.says}${more(count)}`
  const seqs = [...deliverySeqs(event), ...start.seqs, ...completion.events]
  return violated('IC1', 'cold-start-loss', counterexample(says, seqs, eventSubject(event), completion.grade))
}

/** Everything took effect and the group never said so: after a restart all of it comes again. */
function neverCommitted(view: ConsumerView) {
  const { group, plan, topics, disturbances, lastAt } = view
  const last = topics.deliveries.reduce((latest, { record }) => (record.seq > latest.seq ? record : latest), {
    seq: 0,
    at: 0,
  })
  if (plan.consumer.progress === 'own' || last.seq === 0 || group.count > 0) return undefined
  if (!group.readSince(last.seq) || disturbances.stillActive) return undefined
  const since = Math.max(last.at, disturbances.allHealed?.at ?? 0)
  if (lastAt - since < plan.bounds.recovery) return undefined
  const says = `group ${plan.consumer.group} committed no offset ${secondsGive(plan.bounds.recovery, clockErrorOf(view, since))} after the last record`
  return stalled(
    'IC1',
    'stalled-consumer',
    counterexample(says, [last.seq, view.events.at(-1)?.seq], {}, 'C'),
  )
}
