import avro from 'avsc'
import { UndecodableEvent } from '../reference/consumer/event.ts'
import type { ConsumedRecord } from '../reference/consumer/record.ts'
import { required } from '../reference/service/environment.ts'

const FRAME = 5
const PATIENCE = 5_000

/** By what schemas are found. */
export type Find = (id: number) => Promise<unknown>

/** Asks the registry for a schema by its id. @throws {UndecodableEvent} where nobody knows it */
export async function askFor(id: number): Promise<unknown> {
  const answer = await fetch(`${required('SCHEMA_REGISTRY_URL')}/schemas/ids/${id}`, {
    signal: AbortSignal.timeout(PATIENCE),
  })
  if (answer.status === 404) throw new UndecodableEvent(`nobody knows schema ${id}`)
  if (!answer.ok) throw new Error(`schema ${id}: HTTP ${answer.status}`)
  return JSON.parse(JSON.parse(await answer.text()).schema)
}

/** Values in Avro, by the schemas whose ids they begin with. */
export class AvroValues {
  readonly #find: Find
  readonly #types = new Map<number, avro.Type>()

  constructor(find: Find = askFor) {
    this.#find = find
  }

  /**
   * The record with its value in JSON.
   * @throws {UndecodableEvent} where it is by no schema; another error while the registry does not answer
   */
  async inJson(record: ConsumedRecord): Promise<ConsumedRecord> {
    const { value } = record
    if (value === null || value.length < FRAME || value[0] !== 0)
      throw new UndecodableEvent('the value does not begin with the id of a schema')
    const type = await this.#typeOf(value.readInt32BE(1))
    return { ...record, value: decoded(type, value.subarray(FRAME)) }
  }

  async #typeOf(id: number): Promise<avro.Type> {
    const known = this.#types.get(id)
    if (known !== undefined) return known
    const type = avro.Type.forSchema((await this.#find(id)) as avro.Schema)
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
