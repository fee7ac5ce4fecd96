import { messageOf } from '../../core/error.ts'
import { counterexample, held, more, placeOf, unknown, violated } from '../../proof/findings.ts'
import { type Fact, factsOf } from '../../proof/history/recorded-fact.ts'
import { mutated } from '../../proof/mutation.ts'
import { readSchema } from '../../schemas/read-schema.ts'
import { type Schema, type Written, WrongMessage } from '../../schemas/schema.ts'
import { subjectName } from '../../schemas/subject-name.ts'
import { type Framed, framed } from '../../schemas/wire-format.ts'
import { type OnTopic, type ProducerView, predicate } from './predicate.ts'
import './schema-facts.ts'

interface Offence {
  readonly name: string
  readonly says: string
  readonly todo: string
  readonly seqs: readonly number[]
}

/**
 * SR1. Every record says by which schema it was written: the registry had it before, for this topic, and the payload is
 * written by it.
 *
 * What can violate it: JSON that goes past the registry; an id that nobody knows; a schema that is registered after the
 * first record; the schema of another topic; bytes that are not what their schema says.
 * How it is seen: in the bytes of the log. The registry is asked for an id as soon as its first record was seen: what
 * it does not know then was not registered before the append.
 * Source of the rule: the guide's checklist, versioned schemas in a Schema Registry; the wire format of its serializers.
 */
export const registeredSchemas = predicate({
  id: 'SR1',
  title: 'registered schemas',
  claim: 'every event is written by a schema that its subject had before',
  promise:
    'Every record names a schema that the registry had before it, for its topic, and its payload is written by it.',
  formal:
    'every visible record of the subject begins with a zero byte and the id of a schema that the registry knows when the record is first seen, that the subject named by the declared strategy has, and by which the rest of it decodes',
  controls: ['D3'],
  onlyWhereAsked: true,
  needs: 'no record of an event was seen on the declared topics',
  violations: {
    'no-schema-id': { means: 'A record does not begin with a zero byte and the id of a schema.' },
    'unknown-schema-id': { means: 'A record names a schema that the registry does not know.' },
    'registered-after-append': { means: 'A schema was registered after a record that names it.' },
    'foreign-schema': { means: 'A record names a schema of another subject than that of its topic.' },
    'wrong-message': {
      means: 'A record names a message of its schema that it is not, or none that there is.',
    },
    'payload-not-by-schema': { means: 'A payload is not what its schema says.' },
  },
  undeclared: ({ registry }) =>
    registry === undefined ? 'it is not declared to write through a schema registry' : undefined,
  check(view) {
    const asked = recordsIn(view)
    const known = new Lookups(view)
    const offenders = asked.flatMap((at) => {
      const offence = known.offenceOf(at)
      return offence === undefined ? [] : [{ at, offence }]
    })
    const [first] = offenders
    if (first !== undefined) {
      const { at, offence } = first
      const says = `the record at ${placeOf(at)} ${offence.says}${more(offenders.length)}. What to do: ${offence.todo}`
      const subject = {
        ...(at.id && { eventId: at.id }),
        ...(at.record.key !== null && { key: at.record.key }),
      }
      return violated(
        this.id,
        offence.name,
        counterexample(says, [at.record.seq, ...offence.seqs], subject, 'B'),
      )
    }
    return known.unanswered === undefined ? held(this.id, asked.length) : unknown(this.id, known.unanswered)
  },
  /** A record goes past the registry. */
  mutation: {
    says: 'take the schema id from a record',
    names: ['no-schema-id'],
    applies: (view) => recordsIn(view).length > 0,
    apply(view) {
      const [first] = recordsIn(view)
      return first && mutated(view.events, { replaced: [{ ...first.record, value: '{}' }] })
    },
  },
})

/** What hands on a record carries the bytes of that one. */
function recordsIn({ onTopics, registry }: ProducerView): readonly OnTopic[] {
  if (registry === undefined) return []
  const { topic } = registry
  return onTopics.filter(
    ({ by, handsOn, index, record }) =>
      by === 'subject' && handsOn === undefined && !index && (topic ?? record.topic) === record.topic,
  )
}

/** What the registry said of ids, and what follows from it for single records. */
class Lookups {
  readonly #view: ProducerView
  readonly #facts: ReadonlyMap<number, readonly Fact<'schema.id'>[]>
  readonly #schemas = new Map<number, Schema>()
  unanswered: string | undefined

  constructor(view: ProducerView) {
    this.#view = view
    this.#facts = Map.groupBy(factsOf(view.events, 'schema.id'), ({ value }) => value.id)
  }

  offenceOf(at: OnTopic): Offence | undefined {
    const frame = framed(bytesOf(at.record.value))
    if (frame === undefined)
      return {
        name: 'no-schema-id',
        says: `does not begin with a zero byte and the id of a schema: ${JSON.stringify(at.record.value?.slice(0, 60))}`,
        todo: 'write it by a serializer of the registry (KafkaAvroSerializer and the like)',
        seqs: [],
      }
    const facts = this.#facts.get(frame.id) ?? []
    const [first] = facts
    const last = facts.at(-1)
    if (first === undefined || last === undefined || first.value.tries > 1) {
      this.unanswered ??= `the registry was not asked for id ${frame.id} as soon as a record with it was seen`
      return undefined
    }
    const { id } = frame
    const seqs = [first.seq, last.seq]
    if (last.value.schema === undefined)
      return {
        name: 'unknown-schema-id',
        says: `names schema ${id}, which the registry does not know`,
        todo: 'register the schema before the first record, in the registry that readers ask',
        seqs,
      }
    if (first.value.schema === undefined)
      return {
        name: 'registered-after-append',
        says: `names schema ${id}, which the registry did not know when the record was on the topic; later it did`,
        todo: 'register schemas when they are deployed, before a producer starts that writes by them',
        seqs,
      }
    return this.#offenceOf(at, frame, last, seqs)
  }

  #offenceOf(
    { record }: OnTopic,
    { id, payload }: Framed,
    { value: { schema: text, subjects } }: Fact<'schema.id'>,
    seqs: readonly number[],
  ): Offence | undefined {
    const schema = this.#schemaOf(id, text)
    if (schema === undefined) return undefined
    const written = writtenBy(schema, payload)
    if (written instanceof Error)
      return {
        name: written instanceof WrongMessage ? 'wrong-message' : 'payload-not-by-schema',
        says: `is not written by schema ${id}, which it names: ${written.message}`,
        todo:
          written instanceof WrongMessage
            ? 'write the place of the message in its file behind the id, as the serializers of the registry do'
            : 'write the value by the very schema whose id it gets',
        seqs,
      }
    const expected = subjectName(this.#view.registry?.strategy ?? 'topic', record.topic, written.name)
    if (subjects.includes(expected)) return undefined
    return {
      name: 'foreign-schema',
      says: `names schema ${id}, which is of ${subjects.join(', ') || 'no subject'} and not of ${expected}`,
      todo: `register it for ${expected}, or declare the strategy by which subjects are named`,
      seqs,
    }
  }

  #schemaOf(id: number, text: Fact<'schema.id'>['value']['schema']): Schema | undefined {
    try {
      const schema = this.#schemas.get(id) ?? (text && readSchema(text))
      if (schema) this.#schemas.set(id, schema)
      return schema
    } catch (error) {
      this.unanswered ??= `schema ${id} can not be read: ${messageOf(error)}`
      return undefined
    }
  }
}

function writtenBy(schema: Schema, payload: Uint8Array): Written | Error {
  try {
    return schema.written(payload)
  } catch (error) {
    return error instanceof Error ? error : new Error(messageOf(error))
  }
}

function bytesOf(value: string | null): Uint8Array {
  if (value === null) return new Uint8Array()
  if (!value.startsWith('base64:')) return new TextEncoder().encode(value)
  return Uint8Array.from(atob(value.slice('base64:'.length)), (char) => char.charCodeAt(0))
}
