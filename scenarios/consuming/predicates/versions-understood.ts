import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import { factsOf } from '../../../proof/history/recorded-fact.ts'
import { mutated } from '../../../proof/mutation.ts'
import { withoutEffects } from '../mutations/rows.ts'
import { applied } from '../mutations/victims.ts'
import { predicate } from '../predicate.ts'
import '../testbed/inputs.ts'
import { type ConsumedEvent, isFailing } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { agrees, repeatedIn } from '../view/effect-content.ts'
import { Completions } from './completion.ts'
import { owesEffect } from './exactly-one-effect.ts'
import { deliverySeqs, eventName, eventSubject } from './naming.ts'

interface OfVersion {
  readonly event: ConsumedEvent
  readonly version: string
}

/**
 * EV1. An event of another version than the newest takes effect as what it says.
 *
 * What can violate it: a consumer that knows the newest version alone and drops the others, or makes dead letters of them;
 * one that brings them up to date wrong: another unit, a field that was renamed; one that refuses fields it never heard of.
 * How it is seen: the harness writes events in each declared version, and says of each in which. A consumer's group is past
 * it and it has no effect; or its effect carries another amount or key.
 * Source of the rule: the guide's upcaster, which turns an event of version 1 into one of version 2 in the consumer.
 */
export const versionsUnderstood = predicate({
  id: 'EV1',
  title: 'versions understood',
  claim: 'events of all versions take effect as what they say',
  promise: 'An event takes effect with what it says, whichever declared version its producer wrote.',
  formal:
    'every event that was written in another declared version took effect, where the group is past it, and the declared columns `amount` and `key` of its effect are those of the event',
  controls: ['D4'],
  onlyWhereAsked: true,
  violations: {
    'version-not-read': {
      means:
        'An event of a declared version has no effect, and the group is past it or made a dead letter of it.',
    },
    'version-misread': {
      means: 'The effect of an event of a declared version has another amount or key than the event.',
    },
  },
  undeclared: (view) =>
    factsOf(view.events, 'input.version').length === 0 ? 'its events have one version' : undefined,
  check(view) {
    const written = writtenIn(view)
    return unread(written, view) ?? misread(written, view) ?? held(this.id, written.length)
  },
  /** An event of another version has no effect. */
  mutation: {
    says: 'take the effect of an event of another version away',
    names: ['version-not-read'],
    applies: (view) => victimIn(view) !== undefined,
    apply(view) {
      const event = victimIn(view)
      const { effects } = view.plan.consumer
      return event && mutated(view.events, { replaced: withoutEffects(event, view.transactions, effects) })
    },
  },
})

function writtenIn(view: ConsumerView): readonly OfVersion[] {
  const versions = new Map(
    factsOf(view.events, 'input.version').map(({ subject, value }) => [subject, value]),
  )
  return view.consumed.flatMap((event) => {
    const version = versions.get(event.id)
    return version === undefined ? [] : [{ event, version }]
  })
}

function victimIn(view: ConsumerView): ConsumedEvent | undefined {
  const written = new Set(writtenIn(view).map(({ event }) => event))
  return applied(view).find((event) => written.has(event))
}

function unread(written: readonly OfVersion[], view: ConsumerView) {
  const completions = new Completions(view)
  const lost = written.flatMap(({ event, version }) => {
    const [letter] = event.deadLetters
    if (letter !== undefined && event.effects.length === 0 && !isFailing(event))
      return [
        { event, version, says: 'became a dead letter', seqs: [letter.record.seq], grade: 'A' as const },
      ]
    const completion = owesEffect(event, view) ? completions.of(event) : undefined
    if (completion === undefined) return []
    const { says, events, grade } = completion
    return [{ event, version, says: `has no effect, and ${says}`, seqs: events, grade }]
  })
  const [first] = lost
  if (first === undefined) return undefined
  const { event, version, seqs, grade } = first
  const says = `${eventName(event)}, written in version ${version}, ${first.says}${more(lost.length)}. What to do: translate it where it is read (an upcaster), and pass over fields that are not known`
  return violated(
    'EV1',
    'version-not-read',
    counterexample(says, [...deliverySeqs(event), ...seqs], eventSubject(event), grade),
  )
}

function misread(written: readonly OfVersion[], view: ConsumerView) {
  const versions = new Map(written.map(({ event, version }) => [event, version]))
  const wrong = repeatedIn(view).filter((one) => versions.has(one.event) && !agrees(one))
  const [first] = wrong
  if (first === undefined) return undefined
  const { event, effect, column, says: found, wanted } = first
  const { effects } = view.plan.consumer
  const says = `the effect of ${eventName(event)}, written in version ${versions.get(event)}, has ${found} in ${effects.table}.${effects[column]}, and the event says ${wanted.join(' or ')}${more(wrong.length)}. What to do: correct how this version is translated`
  return violated(
    'EV1',
    'version-misread',
    counterexample(says, [...deliverySeqs(event), effect.tx.seq], eventSubject(event)),
  )
}
