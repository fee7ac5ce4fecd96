import type { EventOf } from '../../../proof/history/event.ts'
import { isObject, parsed } from '../../../proof/history/json-content.ts'
import type { EventIdSource } from '../../../proof/history/plan.ts'
import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

const OTHER_ID = 'mutated'

/** IC6: an event is answered once more, under a new id. */
export const answerAgain: Mutation<ConsumerView> = {
  predicate: 'IC6',
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
}

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
