import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { withoutWrites } from '../mutations/rows.ts'
import { applied } from '../mutations/victims.ts'
import { WHICH_ROWS } from '../mutations/which-rows.ts'
import { predicate } from '../predicate.ts'
import { type ConsumedEvent, keyOf } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { type Completion, Completions } from './completion.ts'
import { owesEffect } from './exactly-one-effect.ts'
import { deliverySeqs, eventName, eventSubject } from './naming.ts'

interface Mistaken {
  readonly event: ConsumedEvent
  readonly completion: Completion
}

/**
 * IC5. Two events with different ids both take effect, even where their bodies or their keys are equal.
 *
 * What can violate it: a dedupe by a hash of the body, by the aggregate, in a table that two handlers share.
 * How it is seen: an event is lost (as IC1 sees it), and just one with the same body took effect; or of most keys
 * that have more than one event, and of each that lost any, all but one are lost; or everything that is remembered is without
 * an effect.
 */
export const noFalseMatch = predicate({
  id: 'IC5',
  title: 'no false match',
  claim: 'events with different ids are different events',
  promise: 'Events with different ids both take effect, even with equal bodies or keys.',
  formal:
    'events with different ids both take effect, whatever their bodies and keys; judged where one is lost',
  controls: ['C1'],
  violations: {
    'false-dedupe': {},
  },
  check(view) {
    const completions = new Completions(view)
    const lost = view.consumed
      .filter((event) => event.deliveries.length > 0 && owesEffect(event, view))
      .flatMap((event): Mistaken[] => {
        const completion = completions.of(event)
        return completion === undefined ? [] : [{ event, completion }]
      })
    if (lost.length === 0) return held(this.id, view.consumed.length)
    return (
      sameBody(lost, view) ??
      sameKey(lost, view) ??
      othersMemory(lost, view) ??
      held(this.id, view.consumed.length)
    )
  },
  /** Of two events with one body only the first takes effect. */
  mutation: {
    says: 'give two events one body and drop the effect of one',
    unseen: WHICH_ROWS,
    applies: (view) => view.plan.consumer.progress === 'kafka',
    apply(view) {
      const event = applied(view).findLast(({ deliveries }) => deliveries[0]?.record.value !== null)
      const like = view.consumed.find(
        (other) => other !== event && other.effects.length > 0 && other.deliveries[0]?.record.value != null,
      )
      const record = event?.deliveries[0]?.record
      if (event === undefined || record === undefined || like === undefined) return undefined
      const other = like.deliveries[0]?.record
      const value = other?.value
      if (other === undefined || typeof value !== 'string') return undefined
      // White space behind it makes it a body that no third event has.
      const bodies = [
        { ...other, value: `${value} ` },
        { ...record, value: `${value.replaceAll(like.id, event.id)} ` },
      ]
      return mutated(view.events, {
        replaced: [...bodies, ...withoutWrites(event, view.plan.consumer.effects)],
      })
    },
  },
})

function sameBody(lost: readonly Mistaken[], view: ConsumerView) {
  const bodies = Map.groupBy(
    view.consumed.filter(({ effects }) => effects.length > 0),
    bodyOf,
  )
  for (const mistaken of lost) {
    const body = bodyOf(mistaken.event)
    const [like, ...others] = (body && bodies.get(body)) || []
    // A dedupe by bodies lets one of each take effect.
    if (like !== undefined && others.length === 0)
      return falseMatch(mistaken, `has no effect; ${eventName(like)} has the same body and took effect`, like)
  }
  return undefined
}

/** What an event says beside its id. */
function bodyOf({ id, deliveries }: ConsumedEvent): string | undefined {
  return deliveries[0]?.record.value?.replaceAll(id, '')
}

/** One event that is lost says little; a consumer that knows aggregates only loses all but the first of each. */
function sameKey(lost: readonly Mistaken[], view: ConsumerView) {
  const keys = new Map<string, ConsumedEvent[]>()
  for (const event of view.consumed) {
    const key = keyOf(event)
    if (key === undefined || event.deliveries.length === 0) continue
    const same = keys.get(key)
    if (same === undefined) keys.set(key, [event])
    else same.push(event)
  }
  const names = new Set(lost.map(({ event }) => keyOf(event) ?? ''))
  const several = [...keys.values()].filter(({ length }) => length > 1)
  if (names.size * 2 <= several.length) return undefined
  for (const name of names) {
    const of = keys.get(name) ?? []
    if (of.length < 2 || of.filter(({ effects }) => effects.length > 0).length !== 1) return undefined
  }
  const [first] = lost
  if (first === undefined || lost.length < 2) return undefined
  const like = keys.get(keyOf(first.event) ?? '')?.find(({ effects }) => effects.length > 0)
  return falseMatch(
    first,
    `has no effect; of each of ${names.size} keys one event took effect and no other`,
    like,
  )
}

/** What is in the dedupe table was put there by somebody else. */
function othersMemory(lost: readonly Mistaken[], view: ConsumerView) {
  const remembered = view.consumed.filter((event) => event.remembered.some(({ how }) => how === 'written'))
  if (remembered.length < 2 || remembered.some(({ effects }) => effects.length > 0)) return undefined
  const first = lost.find(({ event }) => remembered.includes(event))
  return (
    first &&
    falseMatch(first, 'has no effect; it is remembered as handled, as all others that have none', undefined)
  )
}

function falseMatch({ event, completion }: Mistaken, says: string, like: ConsumedEvent | undefined) {
  const seqs = [
    ...(like === undefined ? [] : [...deliverySeqs(like), like.effects[0]?.tx.seq]),
    ...deliverySeqs(event),
    event.remembered[0]?.tx.seq,
    ...completion.events,
  ]
  const subject = eventSubject(event)
  return violated(
    'IC5',
    'false-dedupe',
    counterexample(`${eventName(event)} ${says}`, seqs, subject, completion.grade),
  )
}
