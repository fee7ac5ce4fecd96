import { nameOf } from '../../../proof/findings.ts'
import type { Handled, Seen } from '../../anti-patterns/anti-pattern.ts'
import { type ConsumedEvent, hasFailed, keyOf } from './consumed-event.ts'
import type { ConsumerView } from './consumer-view.ts'

/** What anti-patterns are looked for in. */
export function seenIn(view: ConsumerView): Seen {
  const { effects, retry } = view.plan.consumer
  return {
    events: view.events,
    whole: view.end?.completed === true,
    onTopics: view.onTopics,
    consumes: {
      topic: view.plan.consumer.topic,
      table: effects.table,
      ...(retry === undefined ? {} : { deadLetter: retry.deadLetter }),
      handled: view.consumed
        .filter(({ deliveries }) => deliveries.length > 0)
        .map((one) => handled(one, view)),
    },
  }
}

function handled(event: ConsumedEvent, view: ConsumerView): Handled {
  const { id, inputs, deliveries, deadLetters, outputs, calls, spoiled } = event
  const seqs = [...deliveries.map(({ record }) => record.seq), ...event.effects.map(({ tx }) => tx.seq)]
  const failures = [...spoiled, ...calls.filter(({ status }) => status >= 400)].map(({ seq }) => seq)
  const last = inputs.at(-1)
  return {
    name: nameOf({ id, key: keyOf(event) }),
    key: keyOf(event),
    deliveries: deliveries.length + (readAgain(event, view) ? 1 : 0),
    effects: effectsOf(event, view),
    deadLetters: deadLetters.length,
    hopeless: last?.expect === 'dead-letter' && hasFailed(event),
    outputs: new Set(outputs.map((output) => output.id)).size,
    seqs: [...new Set([...seqs, ...failures.slice(0, 2)])].sort((a, b) => a - b),
  }
}

/** Its effect was durable, and its group went on from an offset before it. */
function readAgain({ deliveries: [first], effects: [effect] }: ConsumedEvent, view: ConsumerView): boolean {
  const past = first && view.group.firstPast(first.record)
  if (effect === undefined || past === undefined) return false
  return view.rereadsBetween(effect.tx.seq, past.seq) > 0
}

/** What is applied again after the time in which an event must be recognised is not counted. */
function effectsOf(event: ConsumedEvent, view: ConsumerView): number {
  const times = event.effects.length === 0 ? 0 : view.timesApplied(event)
  const { dedupeWithin } = view.plan.consumer
  const effects = view.standing(event)
  if (times < 2 || dedupeWithin === undefined || effects.length < 2) return times
  const close = effects.some(({ tx }, n) => n > 0 && tx.at - (effects[n - 1]?.tx.at ?? 0) <= dedupeWithin)
  return close ? times : 1
}
