import avro, { type Type, type types } from 'avsc'
import { messageOf } from '../core/error.ts'
import { sampleOf } from './avro-sample.ts'
import { type Change, NoSchema, type ReferredText, type Schema, type Written } from './schema.ts'

/** As the JSON of a record schema has them. */
interface RecordJson {
  readonly type: 'record'
  readonly fields: readonly FieldJson[]
}

interface FieldJson {
  readonly name: string
  readonly type: unknown
  readonly default?: unknown
}

/** @throws {NoSchema} */
export function readAvro(text: string, references: readonly ReferredText[] = []): Schema {
  try {
    const json: unknown = JSON.parse(text)
    const known: Registered = {}
    for (const one of references) typeOf(JSON.parse(one.text), known)
    // In JSON of an event nobody names the branches of its unions.
    const plain = avro.Type.forSchema(asSchema(json), { registry: { ...known } })
    return new AvroSchema(text, json, typeOf(json, known), plain)
  } catch (cause) {
    throw new NoSchema(messageOf(cause), { cause })
  }
}

/** Types by their names: those of schemas that others refer to. */
type Registered = Record<string, Type>

/** Branches of unions are always named in values: no two of them can be taken for each other. */
function typeOf(json: unknown, registry: Registered): Type {
  return avro.Type.forSchema(asSchema(json), { wrapUnions: true, registry })
}

/** It is looked at by the one whom it is given to. */
function asSchema(json: unknown) {
  return json as Parameters<typeof avro.Type.forSchema>[0]
}

class AvroSchema implements Schema {
  readonly format = 'AVRO'
  readonly text: string
  readonly #json: unknown
  readonly #type: Type
  readonly #plain: Type

  constructor(text: string, json: unknown, type: Type, plain: Type) {
    this.text = text
    this.#json = json
    this.#type = type
    this.#plain = plain
  }

  get name(): string | undefined {
    return this.#type.name
  }

  sample(): Buffer {
    return this.#type.toBuffer(sampleOf(this.#type))
  }

  decode(bytes: Uint8Array): unknown {
    return this.#type.fromBuffer(Buffer.from(bytes))
  }

  written(payload: Uint8Array): Written {
    return { name: this.name, event: this.decode(payload) }
  }

  payload(event: unknown): Uint8Array {
    return this.#plain.toBuffer(event)
  }

  misreads(writer: Schema): string | undefined {
    if (!(writer instanceof AvroSchema)) return `it is written as ${writer.format}`
    try {
      this.#type.fromBuffer(writer.sample(), this.#type.createResolver(writer.#type))
      return undefined
    } catch (error) {
      return messageOf(error)
    }
  }

  changes(): readonly Change[] {
    if (!isRecord(this.#json)) return []
    const { fields } = this.#json
    const of = this.#type as types.RecordType
    // One without a default: readers that know it can not do without.
    const victim = fields.find((field) => !('default' in field)) ?? fields[0]
    const free = (name: string): string =>
      fields.some((field) => field.name === name) ? free(`${name}_`) : name
    const added = { name: free('added'), type: 'string' }
    const common: Change[] = [
      this.#with('added-without-default', added.name, 'a string without a default is added', [
        ...fields,
        added,
      ]),
      this.#with('allowed', added.name, 'a string with a default is added', [
        ...fields,
        { ...added, default: '' },
      ]),
    ]
    if (victim === undefined) return common
    const { default: _, ...rest } = victim
    const type = of.field(victim.name)?.type.typeName ?? 'its type'
    const other = ['string', 'bytes'].includes(type) ? 'long' : 'string'
    const inPlace = (field: FieldJson) => fields.map((one) => (one === victim ? field : one))
    return [
      ...common,
      this.#with(
        'removed',
        victim.name,
        `${victim.name} is removed`,
        fields.filter((one) => one !== victim),
      ),
      this.#with(
        'type-changed',
        victim.name,
        `${victim.name} becomes ${other}, and was ${type}`,
        inPlace({ ...rest, type: other }),
      ),
      this.#with(
        'renamed',
        victim.name,
        `${victim.name} is called ${free(`${victim.name}_renamed`)}`,
        inPlace({ ...victim, name: free(`${victim.name}_renamed`) }),
      ),
    ]
  }

  #with(rule: Change['rule'], field: string, says: string, fields: readonly FieldJson[]): Change {
    return { rule, field, says, text: JSON.stringify({ ...(this.#json as RecordJson), fields }) }
  }
}

function isRecord(json: unknown): json is RecordJson {
  return typeof json === 'object' && json !== null && 'fields' in json && Array.isArray(json.fields)
}
