import avro from 'avsc'
import type { Message } from 'kafkajs'
import type { Registry } from '../schemas/registry.ts'
import { cloudEvent } from './cloud-event.ts'
import type { OutboxRow } from './outbox-row.ts'
import { unpublishable } from './publishable.ts'

export interface AvroSettings {
  readonly registry: Pick<Registry, 'register'>
  /** Under which the schema is registered. */
  readonly subject: string
  /** The text of an Avro schema. */
  readonly schema: string
  /** What a record's value is; default {@link framed}. */
  readonly value?: (id: number, payload: Buffer) => Buffer
}

/** As the registry's serializers write it: a zero byte, the id of the schema, the payload. */
export function framed(id: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.writeInt32BE(id, 1)
  return Buffer.concat([head, payload])
}

/** Events as Avro, by a schema that the registry has before the first of them. */
export class AvroEvents {
  readonly #settings: AvroSettings
  readonly #type: avro.Type
  #id: number | undefined

  constructor(settings: AvroSettings) {
    this.#settings = settings
    this.#type = avro.Type.forSchema(JSON.parse(settings.schema))
  }

  /**
   * Registers the schema. An id stays what it is, so that a registry is asked until it has answered, and never again.
   * @throws while it does not answer: what is to be written waits
   */
  async register(): Promise<void> {
    const { registry, subject, schema } = this.#settings
    this.#id ??= await registry.register(subject, 'AVRO', schema)
  }

  /** @throws before the schema is registered */
  message(row: OutboxRow): Message {
    if (this.#id === undefined) throw new Error('the schema of events is not registered yet')
    const message = cloudEvent(row)
    const { value = framed } = this.#settings
    return {
      ...message,
      value: value(this.#id, this.#type.toBuffer(JSON.parse(row.payload))),
      headers: { ...message.headers, 'content-type': 'application/avro' },
    }
  }

  /** Why an event can never be written, or undefined. */
  unpublishable(row: OutboxRow): string | undefined {
    const reason = unpublishable(row)
    if (reason !== undefined) return reason
    return this.#type.isValid(JSON.parse(row.payload)) ? undefined : 'the payload is not what its schema says'
  }
}
