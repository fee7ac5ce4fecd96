import type protobuf from 'protobufjs'
import { messageOf } from '../core/error.ts'
import { hasForeignFields } from './foreign-fields.ts'
import { placed, withPlace } from './message-place.ts'
import { protobufChanges } from './protobuf-changes.ts'
import { allOf, type MessageNode, messageAt, messagesOf } from './protobuf-file.ts'
import { sampleOf } from './protobuf-sample.ts'
import {
  type Change,
  NoSchema,
  type ReferredText,
  type Schema,
  type Written,
  WrongMessage,
} from './schema.ts'

/** @throws {NoSchema} */
export function readProtobuf(text: string, references: readonly ReferredText[] = []): Schema {
  try {
    const messages = messagesOf(text, references)
    const [first] = messages
    if (first === undefined) throw new Error('it has no message')
    return new ProtobufSchema(text, first.type, messages)
  } catch (cause) {
    throw new NoSchema(messageOf(cause), { cause })
  }
}

class ProtobufSchema implements Schema {
  readonly format = 'PROTOBUF'
  readonly text: string
  /** The first one: what is asked of a schema is asked of this. */
  readonly #message: protobuf.Type
  readonly #messages: readonly MessageNode[]

  constructor(text: string, message: protobuf.Type, messages: readonly MessageNode[]) {
    this.text = text
    this.#message = message
    this.#messages = messages
  }

  get name(): string {
    return nameOf(this.#message)
  }

  sample(): Uint8Array {
    return this.#message.encode(this.#message.fromObject(sampleOf(this.#message))).finish()
  }

  decode(bytes: Uint8Array): unknown {
    return plain(this.#message, bytes)
  }

  written(payload: Uint8Array): Written {
    const said = placed(payload)
    if (said === undefined) throw new WrongMessage('it does not begin with the place of a message')
    const { place, message } = said
    const type = messageAt(this.#messages, place)
    if (type === undefined)
      throw new WrongMessage(`it names message ${place.join('.')}, and there is none at that place`)
    if (!isWholly(type, message)) {
      const other = allOf(this.#messages).find((one) => one !== type && isWholly(one, message))
      if (other !== undefined)
        throw new WrongMessage(
          `it names message ${place.join('.')}, ${nameOf(type)}, and is written as ${nameOf(other)}`,
        )
    }
    // Fields that nobody knows may have come with what is passed on.
    return { name: nameOf(type), event: plain(type, message) }
  }

  /** By the first message; what it has no field for is no part of it. */
  payload(event: unknown): Uint8Array {
    if (typeof event !== 'object' || event === null) throw new Error('a message is an object')
    const named = new Set(this.#message.fieldsArray.map(({ name }) => name))
    const other = Object.keys(event).find((name) => !named.has(name))
    if (other !== undefined) throw new Error(`${nameOf(this.#message)} has no field '${other}'`)
    const message = this.#message.encode(this.#message.fromObject(event)).finish()
    return withPlace({ place: [0], message })
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

function nameOf(type: protobuf.Type): string {
  return type.fullName.replace(/^\./, '')
}

function isWholly(type: protobuf.Type, bytes: Uint8Array): boolean {
  try {
    return !hasForeignFields(type, bytes)
  } catch {
    return false
  }
}

function plain(message: protobuf.Type, bytes: Uint8Array): { readonly [field: string]: unknown } {
  return message.toObject(message.decode(bytes), { longs: String, bytes: String, enums: String })
}
