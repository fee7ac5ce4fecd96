import avro from 'avsc'
import { UndecodableEvent } from '../reference/consumer/event.ts'
import type { ConsumedRecord } from '../reference/consumer/record.ts'
import { type Payment, paymentOf } from '../reference/payment/payment.ts'
import { required } from '../reference/service/environment.ts'

const FRAME = 5

/** Payments in Avro, by the schemas whose ids they begin with. */
export class AvroPayments {
  readonly #registry = required('SCHEMA_REGISTRY_URL')
  readonly #types = new Map<number, avro.Type>()

  /** @throws {UndecodableEvent} where the record is by no schema; another error while the registry does not answer */
  async paymentOf(record: ConsumedRecord): Promise<Payment> {
    const { value } = record
    if (value === null || value.length < FRAME || value[0] !== 0)
      throw new UndecodableEvent('the value does not begin with the id of a schema')
    const type = await this.#typeOf(value.readInt32BE(1))
    return paymentOf({ ...record, value: decoded(type, value.subarray(FRAME)) })
  }

  async #typeOf(id: number): Promise<avro.Type> {
    const known = this.#types.get(id)
    if (known !== undefined) return known
    const response = await fetch(`${this.#registry}/schemas/ids/${id}`, { signal: AbortSignal.timeout(5000) })
    if (response.status === 404) throw new UndecodableEvent(`nobody knows schema ${id}`)
    if (!response.ok) throw new Error(`schema ${id}: HTTP ${response.status}`)
    const { schema } = JSON.parse(await response.text())
    const type = avro.Type.forSchema(JSON.parse(schema))
    this.#types.set(id, type)
    return type
  }
}

function decoded(type: avro.Type, payload: Buffer): Buffer {
  try {
    return Buffer.from(JSON.stringify(type.fromBuffer(payload)))
  } catch (cause) {
    throw new UndecodableEvent('the value is not what its schema says', { cause })
  }
}
