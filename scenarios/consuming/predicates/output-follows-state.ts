import { counterexample, held, placeOf, unknown, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { EventIdSource } from '../../../proof/history/event-id.ts'
import { amountOf, announced, at, isObject, parsed, sameJson } from '../../../proof/history/json-content.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { absentOutputs } from './absent-outputs.ts'
import { heldBack } from './held-back.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * IC6. What a consumer publishes follows from what it has committed: each event that takes effect has one output,
 * under one id, and it says what was committed.
 *
 * What can violate it: an output that is sent inside the transaction (it may still roll back) or after it (a crash
 * between loses it), an id that is made anew when an event is handled again, an answer to a copy.
 * How it is seen: records on the declared topic name the event that caused them; the effect is in the database's own
 * log. Before its commit: while a transaction stands at the effect gate, its output is on the log. Where an event took
 * effect twice that is IC1's business, and its outputs are not counted. Asked only where outputs are declared.
 */
export const outputFollowsState = predicate({
  id: 'IC6',
  title: 'output follows state',
  claim: 'its outputs follow from committed effects',
  promise:
    'Each event that takes effect has one output, which says what was committed, and not before it was.',
  formal:
    'per event at most one distinct output id; Q ⇒ every event that took effect has an output; outputs of an event agree, carry the committed amount, and none is there while its effect is not committed (where outputs are declared)',
  expectation: 'declared',
  controls: ['C1'],
  violations: {
    'non-deterministic-id': {},
    'lost-output': {},
    'divergent-output': {},
    'stalled-output': { means: 'without completion evidence' },
  },
  undeclared: ({ plan }) => (plan.consumer.outputs === undefined ? 'no outputs are declared' : undefined),
  check(view) {
    if (view.plan.consumer.outputs === undefined) return held(this.id, 0)
    const answered = view.consumed.filter(({ outputs }) => outputs.length > 0)
    const once = answered.filter((event) => view.timesApplied(event) <= 1)
    return (
      beforeCommit(view) ??
      first(once, severalIds) ??
      first(once, severalBodies) ??
      first(once, (event) => withoutEffect(event, view)) ??
      first(once, (event) => otherAmount(event, view)) ??
      absentOutputs(view) ??
      unreadable(answered, view) ??
      held(this.id, answered.length)
    )
  },
  /** An event is answered once more, under a new id. */
  mutation: {
    says: 'publish an output again under another id',
    names: ['non-deterministic-id'],
    applies: (view) => answered(view).length > 0,
    apply(view) {
      const { eventId } = view.plan.consumer.outputs ?? {}
      const record = answered(view)[0]?.outputs[0]?.record
      const again = record && eventId && underOtherId(record, eventId)
      if (again === undefined) return undefined
      const ends = view.topics.outputs.map((one) =>
        one.record.partition === again.partition ? one.record.offset + 1 : 0,
      )
      return mutated(view.events, {
        added: [{ ...again, seq: again.seq + 0.5, offset: Math.max(...ends) }],
      })
    },
  },
})

function first<T>(events: readonly ConsumedEvent[], look: (event: ConsumedEvent) => T | undefined) {
  for (const event of events) {
    const finding = look(event)
    if (finding !== undefined) return finding
  }
  return undefined
}

function beforeCommit(view: ConsumerView) {
  for (const gate of view.disturbances.gates) {
    const { event, until = 0 } = (gate.gate === 'effect' && heldBack(gate, view)) || {}
    const output = event?.outputs.find(({ visibleFrom }) => visibleFrom < until)
    if (event === undefined || output === undefined) continue
    const says = `the output of ${eventName(event)} was at ${placeOf(output)} while backend ${gate.waiting[0]?.pid} stood in COMMIT with its effect`
    const seqs = [gate.waiting[0]?.seq, output.visibleFrom, gate.opened?.seq]
    return violated('IC6', 'divergent-output', counterexample(says, seqs, eventSubject(event)))
  }
  return undefined
}

function severalIds(event: ConsumedEvent) {
  const [one] = event.outputs
  const other = event.outputs.find(({ id }) => id !== one?.id)
  if (one === undefined || other === undefined) return undefined
  const says = `${eventName(event)} was answered by ${one.id} at ${placeOf(one)} and by ${other.id} at ${placeOf(other)}`
  return wrong('non-deterministic-id', says, event, [one, other])
}

function severalBodies(event: ConsumedEvent) {
  const [one] = event.outputs
  const other = one && event.outputs.find((output) => !sameContent(one, output))
  if (one === undefined || other === undefined) return undefined
  const says = `the output of ${eventName(event)} says one thing at ${placeOf(one)} and another at ${placeOf(other)}`
  return wrong('divergent-output', says, event, [one, other])
}

/** Every commit from before the output was there has been seen, and none of them brought the effect. */
function withoutEffect(event: ConsumedEvent, view: ConsumerView) {
  const { deliveries, hidden, effects, outputs } = event
  const [output] = outputs
  const { main } = view.topics
  if (output === undefined || effects.length > 0 || deliveries.length + hidden.length === 0) return undefined
  if (view.superseded(event) || view.effects.unexplained.length > 0) return undefined
  if (!main.databaseSeenSince(output.record.seq)) return undefined
  const says = `${eventName(event)} has an output at ${placeOf(output)}, and its effect was never committed`
  return wrong('divergent-output', says, event, [output], main.flushed?.seq)
}

function otherAmount(event: ConsumedEvent, view: ConsumerView) {
  const { outputs, effects } = view.plan.consumer
  const [effect, ...more] = view.standing(event)
  // Rows that are sums, or that share an event, have no amount of their own.
  if (outputs?.amount === undefined || effects.eventId === undefined) return undefined
  if (effect?.amount === undefined || effect.rows > 1 || more.length > 0) return undefined
  const output = event.outputs.find((one) => {
    const said = amountSaid(one, view)
    return said !== undefined && said !== effect.amount
  })
  if (output === undefined) return undefined
  const says = `the output of ${eventName(event)} at ${placeOf(output)} says ${amountSaid(output, view)}, and transaction ${effect.tx.xid} committed ${effect.amount}`
  return wrong('divergent-output', says, event, [output], effect.tx.seq)
}

/** Outputs that nobody downstream could recognise as the same, or that don't say what was declared. */
function unreadable(answered: readonly ConsumedEvent[], view: ConsumerView) {
  const { outputs } = view.plan.consumer
  for (const output of answered.flatMap((event) => event.outputs)) {
    if (output.id === undefined)
      return unknown(
        'IC6',
        `the output at ${placeOf(output)} carries no id where outputs.eventId says: name the header or path that has it`,
      )
    if (outputs?.amount !== undefined && amountSaid(output, view) === undefined)
      return unknown(
        'IC6',
        `the output at ${placeOf(output)} has no amount at ${outputs.amount}: let outputs.amount be the path of the amount, or leave it out`,
      )
  }
  return undefined
}

function amountSaid({ record }: LoggedRecord, view: ConsumerView): string | undefined {
  return amountOf(at(announced(parsed(record.value)), view.plan.consumer.outputs?.amount ?? ''))
}

function sameContent({ record: one }: LoggedRecord, { record: other }: LoggedRecord): boolean {
  if (one.key !== other.key) return false
  return one.value === other.value || sameJson(parsed(one.value) ?? one.value, parsed(other.value))
}

function wrong(
  name: string,
  says: string,
  event: ConsumedEvent,
  outputs: readonly LoggedRecord[],
  seq?: number,
) {
  const seqs = [event.effects[0]?.tx.seq, ...outputs.map(({ record }) => record.seq), seq]
  return violated('IC6', name, counterexample(says, seqs, eventSubject(event)))
}

const OTHER_ID = 'mutated'

function answered(view: ConsumerView) {
  return view.consumed.filter(
    (event) =>
      event.outputs.length > 0 && view.timesApplied(event) === 1 && view.standing(event).length === 1,
  )
}

/** The same record with another id, where its id is; undefined where it can't be put there. */
function underOtherId(record: EventOf<'k.record'>, source: EventIdSource): EventOf<'k.record'> | undefined {
  if ('json' in source) {
    const value = parsed(record.value)
    const path = source.json.replace(/^\$\.?/, '').split('.')
    return isObject(value) ? { ...record, value: JSON.stringify(withField(value, path)) } : undefined
  }
  const wanted = 'header' in source ? source.header : 'ce_id'
  const name = Object.keys(record.headers).find((one) => one.toLowerCase() === wanted.toLowerCase())
  if (name !== undefined) return { ...record, headers: { ...record.headers, [name]: OTHER_ID } }
  // A structured CloudEvent has its id in the value.
  return 'cloudEvent' in source ? underOtherId(record, { json: '$.id' }) : undefined
}

function withField(value: Record<string, unknown>, [name = '', ...rest]: readonly string[]): unknown {
  const inner = value[name]
  return { ...value, [name]: rest.length > 0 && isObject(inner) ? withField(inner, rest) : OTHER_ID }
}
