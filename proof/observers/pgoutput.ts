import type { Fields, RowChange } from '../history/event.ts'

/**
 * Decoder of Postgres' `pgoutput` stream, protocol version 1 with messages.
 * Source: PostgreSQL documentation, "Logical Replication Message Formats".
 * Column values stay the text that the server sent: a observer must not round or reformat what was stored.
 */
export type PgoutputMessage =
  | { readonly tag: 'begin'; readonly commitLsn: number; readonly committedAt: number; readonly xid: string }
  | { readonly tag: 'commit'; readonly commitLsn: number; readonly endLsn: number }
  | { readonly tag: 'row'; readonly row: RowChange }
  | {
      readonly tag: 'message'
      readonly transactional: boolean
      readonly lsn: number
      readonly prefix: string
      readonly content: string
    }
  | { readonly tag: 'other' }

interface Relation {
  readonly table: string
  readonly columns: readonly { readonly name: string; readonly key: boolean }[]
}

/** Milliseconds between 1970-01-01 and 2000-01-01, where Postgres counts its microseconds from. */
const POSTGRES_EPOCH = 946_684_800_000

export class PgoutputDecoder {
  readonly #relations = new Map<number, Relation>()

  /** @throws RangeError on a cut message, Error on a kind of message that version 1 does not have. */
  decode(bytes: Buffer): PgoutputMessage {
    const reader = new Reader(bytes)
    const kind = String.fromCharCode(reader.uint8())
    switch (kind) {
      case 'B':
        return {
          tag: 'begin',
          commitLsn: reader.uint64(),
          committedAt: POSTGRES_EPOCH + reader.uint64() / 1000,
          xid: String(reader.uint32()),
        }
      case 'C':
        reader.uint8()
        return { tag: 'commit', commitLsn: reader.uint64(), endLsn: reader.uint64() }
      case 'R':
        this.#learn(reader)
        return { tag: 'other' }
      case 'I':
      case 'U':
      case 'D':
        return { tag: 'row', row: this.#row(kind, reader) }
      case 'M':
        return {
          tag: 'message',
          transactional: (reader.uint8() & 1) === 1,
          lsn: reader.uint64(),
          prefix: reader.text0(),
          content: reader.bytes(reader.uint32()).toString('utf8'),
        }
      case 'O':
      case 'Y':
      case 'T':
        return { tag: 'other' }
      default:
        throw new Error(`pgoutput: unknown message kind '${kind}'`)
    }
  }

  #learn(reader: Reader): void {
    const oid = reader.uint32()
    const schema = reader.text0()
    const name = reader.text0()
    reader.uint8()
    const columns = Array.from({ length: reader.uint16() }, () => {
      const key = (reader.uint8() & 1) === 1
      const column = { name: reader.text0(), key }
      reader.uint32()
      reader.uint32()
      return column
    })
    this.#relations.set(oid, { table: schema === 'public' ? name : `${schema}.${name}`, columns })
  }

  #row(kind: 'I' | 'U' | 'D', reader: Reader): RowChange {
    const oid = reader.uint32()
    const relation = this.#relations.get(oid)
    if (!relation) throw new Error(`pgoutput: a row of relation ${oid} came before its description`)
    const { table } = relation
    let part = String.fromCharCode(reader.uint8())
    if (kind === 'D') return { table, op: 'delete', before: this.#tuple(relation, reader, part === 'K') }
    let before: Fields | undefined
    if (part !== 'N') {
      before = this.#tuple(relation, reader, part === 'K')
      part = String.fromCharCode(reader.uint8())
    }
    const after = this.#tuple(relation, reader, false)
    return { table, op: kind === 'I' ? 'insert' : 'update', ...(before ? { before } : {}), after }
  }

  /** In a key tuple the columns outside the key are sent as null and mean nothing. */
  #tuple(relation: Relation, reader: Reader, keyOnly: boolean): Fields {
    const fields: Record<string, string | null> = {}
    const count = reader.uint16()
    for (let i = 0; i < count; i++) {
      const kind = String.fromCharCode(reader.uint8())
      const column = relation.columns[i]
      if (kind === 'u') continue
      const value = kind === 'n' ? null : reader.bytes(reader.uint32()).toString('utf8')
      if (column && (!keyOnly || column.key)) fields[column.name] = value
    }
    return fields
  }
}

class Reader {
  #at = 0
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#skip(1))
  }
  uint16(): number {
    return this.#bytes.readUInt16BE(this.#skip(2))
  }
  uint32(): number {
    return this.#bytes.readUInt32BE(this.#skip(4))
  }
  /** Exact below 2^53, which LSNs and microseconds of this century are. */
  uint64(): number {
    return this.uint32() * 4294967296 + this.uint32()
  }
  bytes(length: number): Buffer {
    const from = this.#skip(length)
    if (this.#at > this.#bytes.length) throw new RangeError('pgoutput: the message is cut')
    return this.#bytes.subarray(from, from + length)
  }
  text0(): string {
    const end = this.#bytes.indexOf(0, this.#at)
    if (end < 0) throw new RangeError('pgoutput: the message is cut')
    const text = this.#bytes.toString('utf8', this.#at, end)
    this.#at = end + 1
    return text
  }
  #skip(length: number): number {
    const from = this.#at
    this.#at += length
    return from
  }
}
