import protobuf from 'protobufjs'
import { messageOf } from '../core/error.ts'
import { protobufChanges } from './protobuf-changes.ts'
import { sampleOf } from './protobuf-sample.ts'
import { type Change, NoSchema, type Schema } from './schema.ts'

/** @throws {NoSchema} */
export function readProtobuf(text: string): Schema {
  try {
    const { root } = protobuf.parse(text, { keepCase: true })
    root.resolveAll()
    const message = firstMessage(root)
    if (message === undefined) throw new Error('it has no message')
    return new ProtobufSchema(text, message)
  } catch (cause) {
    throw new NoSchema(messageOf(cause), { cause })
  }
}

/** Serializers name a message by its place in the file; events are the first one. */
function firstMessage(within: protobuf.NamespaceBase): protobuf.Type | undefined {
  for (const nested of within.nestedArray) {
    if (nested instanceof protobuf.Type) return nested
    const found = nested instanceof protobuf.Namespace ? firstMessage(nested) : undefined
    if (found) return found
  }
  return undefined
}

class ProtobufSchema implements Schema {
  readonly format = 'PROTOBUF'
  readonly text: string
  readonly #message: protobuf.Type

  constructor(text: string, message: protobuf.Type) {
    this.text = text
    this.#message = message
  }

  get name(): string {
    return this.#message.fullName.replace(/^\./, '')
  }

  sample(): Uint8Array {
    return this.#message.encode(this.#message.fromObject(sampleOf(this.#message))).finish()
  }

  decode(bytes: Uint8Array): unknown {
    return plain(this.#message, bytes)
  }

  /** Fields are told by their numbers: what a name gets must be what was written under this name. */
  misreads(writer: Schema): string | undefined {
    if (!(writer instanceof ProtobufSchema)) return `it is written as ${writer.format}`
    const wrote = writer.#message
    const renamed = this.#message.fieldsArray
      .map((field) => ({ field, was: wrote.fieldsById[field.id] }))
      .find(({ field, was }) => was !== undefined && was.name !== field.name)
    if (renamed?.was !== undefined)
      return `what was written as ${renamed.was.name} is read as ${renamed.field.name}: both have number ${renamed.field.id}`
    try {
      const bytes = writer.sample()
      const [got, sent] = [plain(this.#message, bytes), plain(wrote, bytes)]
      const wrong = this.#message.fieldsArray.find(
        ({ name }) => name in sent && JSON.stringify(got[name]) !== JSON.stringify(sent[name]),
      )
      return (
        wrong &&
        `${wrong.name} was ${JSON.stringify(sent[wrong.name])} and is read as ${JSON.stringify(got[wrong.name])}`
      )
    } catch (error) {
      return messageOf(error)
    }
  }

  changes(): readonly Change[] {
    return protobufChanges(this.text, this.#message)
  }
}

function plain(message: protobuf.Type, bytes: Uint8Array): { readonly [field: string]: unknown } {
  return message.toObject(message.decode(bytes), { longs: String, bytes: String, enums: String })
}
