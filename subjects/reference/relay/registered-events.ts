import type { Message } from 'kafkajs'
import type { Reference, Registry } from '../schemas/registry.ts'
import { cloudEvent } from './cloud-event.ts'
import type { Encoding } from './encoding.ts'
import type { OutboxRow } from './outbox-row.ts'
import { unpublishable } from './publishable.ts'

export interface RegisteredSettings {
  readonly registry: Pick<Registry, 'register'>
  /** Under which the schema is registered. */
  readonly subject: string
  /** Its text. */
  readonly schema: string
  /** What it refers to; default: nothing. */
  readonly references?: readonly Reference[]
  readonly encoding: Encoding
  /** What a record's value is; default {@link framed}. */
  readonly value?: (id: number, payload: Buffer) => Buffer
}

/** As the registry's serializers write it: a zero byte, the id of the schema, the payload. */
export function framed(id: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.writeInt32BE(id, 1)
  return Buffer.concat([head, payload])
}

/** Events by a schema that the registry has before the first of them. */
export class RegisteredEvents {
  readonly #settings: RegisteredSettings
  #id: number | undefined

  constructor(settings: RegisteredSettings) {
    this.#settings = settings
  }

  /**
   * Registers the schema. An id stays what it is, so that a registry is asked until it has answered, and never again.
   * @throws while it does not answer: what is to be written waits
   */
  async register(): Promise<void> {
    const { registry, subject, schema, references, encoding } = this.#settings
    this.#id ??= await registry.register(subject, encoding.format, schema, references)
  }

  /** @throws before the schema is registered */
  message(row: OutboxRow): Message {
    if (this.#id === undefined) throw new Error('the schema of events is not registered yet')
    const message = cloudEvent(row)
    const { encoding, value = framed } = this.#settings
    return {
      ...message,
      value: value(this.#id, encoding.bytes(JSON.parse(row.payload))),
      headers: { ...message.headers, 'content-type': encoding.contentType },
    }
  }

  /** Why an event can never be written, or undefined. */
  unpublishable(row: OutboxRow): string | undefined {
    const reason = unpublishable(row)
    if (reason !== undefined) return reason
    const valid = this.#settings.encoding.isValid(JSON.parse(row.payload))
    return valid ? undefined : 'the payload is not what its schema says'
  }
}
