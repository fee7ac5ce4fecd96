import { Ajv, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { messageOf } from '../core/error.ts'
import { type JsonSchemaObject, sampleOf } from './json-sample.ts'
import { type Change, NoSchema, type ReferredText, type Schema, type Written } from './schema.ts'

/** @throws {NoSchema} */
export function readJsonSchema(text: string, references: readonly ReferredText[] = []): Schema {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      throw new Error('it is no object: a JSON Schema of events is one')
    return new JsonSchema(text, json, references)
  } catch (cause) {
    throw new NoSchema(messageOf(cause), { cause })
  }
}

class JsonSchema implements Schema {
  readonly format = 'JSON'
  readonly text: string
  readonly #json: JsonSchemaObject
  readonly #validate: ValidateFunction

  constructor(text: string, json: JsonSchemaObject, references: readonly ReferredText[]) {
    this.text = text
    this.#json = json
    const options = { strict: false, allErrors: false, validateSchema: false } as const
    const ajv = json.$schema?.includes('2020-12') ? new Ajv2020(options) : new Ajv(options)
    formats.default(ajv)
    for (const { name, text } of references) ajv.addSchema(JSON.parse(text), within(json.$id, name))
    this.#validate = ajv.compile(json)
  }

  get name(): string | undefined {
    return this.#json.title
  }

  /** @throws where no event could be made up that this very schema takes */
  sample(): Buffer {
    const value = sampleOf(this.#json, this.#json)
    const wrong = this.#wrongIn(value)
    if (wrong !== undefined) throw new Error(`no event could be made up for it: ${wrong}`)
    return Buffer.from(JSON.stringify(value))
  }

  decode(bytes: Uint8Array): unknown {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    const wrong = this.#wrongIn(value)
    if (wrong !== undefined) throw new Error(wrong)
    return value
  }

  written(payload: Uint8Array): Written {
    return { name: this.name, event: this.decode(payload) }
  }

  payload(event: unknown): Uint8Array {
    const wrong = this.#wrongIn(event)
    if (wrong !== undefined) throw new Error(wrong)
    return Buffer.from(JSON.stringify(event))
  }

  misreads(writer: Schema): string | undefined {
    if (writer.format !== this.format) return `it is written as ${writer.format}`
    try {
      this.decode(writer.sample())
      return undefined
    } catch (error) {
      return messageOf(error)
    }
  }

  changes(): readonly Change[] {
    const { properties = {}, required = [] } = this.#json
    const names = Object.keys(properties)
    const free = (name: string): string => (names.includes(name) ? free(`${name}_`) : name)
    const added = free('added')
    const grown = { ...properties, [added]: { type: 'string' } }
    const common: Change[] = [
      this.#with('added-without-default', added, 'a required string is added', {
        properties: grown,
        required: [...required, added],
      }),
      this.#with('allowed', added, 'an optional string is added', { properties: grown, required }),
    ]
    const victim = names.find((name) => required.includes(name)) ?? names[0]
    if (victim === undefined) return common
    const { [victim]: was = {}, ...others } = properties
    const other = was.type === 'string' ? 'integer' : 'string'
    const renamed = free(`${victim}_renamed`)
    const without = required.filter((name) => name !== victim)
    const again = required.includes(victim) ? [...without, renamed] : without
    return [
      ...common,
      this.#with('removed', victim, `${victim} is removed`, { properties: others, required: without }),
      this.#with(
        'type-changed',
        victim,
        `${victim} becomes ${other}, and was ${was.type ?? 'of another type'}`,
        {
          properties: { ...properties, [victim]: { type: other } },
          required,
        },
      ),
      this.#with('renamed', victim, `${victim} is called ${renamed}`, {
        properties: { ...others, [renamed]: was },
        required: again,
      }),
    ]
  }

  #with(
    rule: Change['rule'],
    field: string,
    says: string,
    { required, ...change }: Pick<JsonSchemaObject, 'properties' | 'required'>,
  ): Change {
    const { required: _, ...rest } = this.#json
    const text = JSON.stringify({ ...rest, ...change, ...(required?.length ? { required } : {}) })
    return { rule, field, says, text }
  }

  #wrongIn(value: unknown): string | undefined {
    if (this.#validate(value)) return undefined
    const [first] = this.#validate.errors ?? []
    return `${first?.instancePath || 'the event'} ${first?.message ?? 'is not as the schema says'}`
  }
}

/** What a `$ref` of this name means in a schema that calls itself so. */
function within(base: string | undefined, name: string): string {
  return base !== undefined && URL.canParse(name, base) ? new URL(name, base).href : name
}
