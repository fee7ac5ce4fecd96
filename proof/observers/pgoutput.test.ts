import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { PgoutputDecoder, type PgoutputMessage } from './pgoutput.ts'

const int = (size: 1 | 2 | 4, value: number) => {
  const bytes = Buffer.alloc(size)
  bytes.writeUIntBE(value, 0, size)
  return bytes
}
const int64 = (value: number | bigint) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
const text0 = (text: string) => Buffer.from(`${text}\0`)
const message = (kind: string, ...parts: readonly Buffer[]) => Buffer.concat([Buffer.from(kind), ...parts])

/** A column's value: text, null, or `undefined` for TOAST that did not change. */
type Value = string | null | undefined
function tuple(...values: readonly Value[]): Buffer {
  const columns = values.map((value) => {
    if (value === undefined) return Buffer.from('u')
    return value === null
      ? Buffer.from('n')
      : message('t', int(4, Buffer.byteLength(value)), Buffer.from(value))
  })
  return Buffer.concat([int(2, values.length), ...columns])
}
const relation = (oid: number, schema: string, name: string) =>
  message(
    'R',
    int(4, oid),
    text0(schema),
    text0(name),
    Buffer.from('d'),
    int(2, 3),
    ...(['id', 'amount', 'note'] as const).map((column) =>
      Buffer.concat([int(1, column === 'id' ? 1 : 0), text0(column), int(4, 25), int(4, 0xffffffff)]),
    ),
  )
const orders = relation(16400, 'public', 'orders')
const row = (kind: string, ...parts: readonly Buffer[]) => message(kind, int(4, 16400), ...parts)
const N = Buffer.from('N')

function decoded(...messages: readonly Buffer[]): PgoutputMessage | undefined {
  const decoder = new PgoutputDecoder()
  return messages.map((message) => decoder.decode(message)).at(-1)
}

describe('messages', () => {
  test('begin and commit', () => {
    // 2026-01-02T03:04:05.678Z in microseconds since 2000.
    const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
    const since = BigInt(at - Date.UTC(2000, 0, 1)) * 1000n
    const begin = message('B', int64(0x1_0000_0010), int64(since), int(4, 4_000_000_000))
    assert.deepEqual(decoded(begin), {
      tag: 'begin',
      commitLsn: 0x1_0000_0010,
      committedAt: at,
      xid: '4000000000',
    })
    const commit = message('C', int(1, 0), int64(16), int64(48), int64(since))
    assert.deepEqual(decoded(commit), { tag: 'commit', commitLsn: 16, endLsn: 48 })
  })

  test('logical messages, with any text and any bytes of UTF-8', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.string(), fc.string({ unit: 'binary' }), (transactional, prefix, text) => {
        const content = Buffer.from(text)
        const named = prefix.replaceAll('\0', '')
        const bytes = message(
          'M',
          int(1, transactional ? 1 : 0),
          int64(7),
          text0(named),
          int(4, content.length),
          content,
        )
        assert.deepEqual(decoded(bytes), {
          tag: 'message',
          transactional,
          lsn: 7,
          prefix: Buffer.from(named).toString(),
          content: content.toString(),
        })
      }),
    )
  })

  test('origin, type and truncate say nothing of rows', () => {
    for (const kind of ['O', 'Y', 'T']) assert.deepEqual(decoded(message(kind, int(4, 1))), { tag: 'other' })
  })
})

describe('rows', () => {
  const after = { id: 'o-1', amount: '59000.00', note: null }
  const full = tuple('o-1', '59000.00', null)

  test('insert keeps the text of every value', () => {
    const insert = decoded(orders, row('I', N, full))
    assert.deepEqual(insert, { tag: 'row', row: { table: 'orders', op: 'insert', after } })
  })

  test('update without an old row, with its key, with all of it', () => {
    const changed = { table: 'orders', op: 'update', after }
    assert.deepEqual(decoded(orders, row('U', N, full)), { tag: 'row', row: changed })
    const key = row('U', Buffer.from('K'), tuple('o-0', null, null), N, full)
    assert.deepEqual(decoded(orders, key), { tag: 'row', row: { ...changed, before: { id: 'o-0' } } })
    const old = row('U', Buffer.from('O'), tuple('o-0', '1', 'x'), N, full)
    const before = { id: 'o-0', amount: '1', note: 'x' }
    assert.deepEqual(decoded(orders, old), { tag: 'row', row: { ...changed, before } })
  })

  test('TOAST that did not change is left out, not null', () => {
    const update = decoded(orders, row('U', N, tuple('o-1', null, undefined)))
    assert.deepEqual(update, {
      tag: 'row',
      row: { table: 'orders', op: 'update', after: { id: 'o-1', amount: null } },
    })
  })

  test('delete gives the key, or the row with replica identity full', () => {
    const removed = { table: 'orders', op: 'delete' }
    const key = decoded(orders, row('D', Buffer.from('K'), tuple('o-1', null, null)))
    assert.deepEqual(key, { tag: 'row', row: { ...removed, before: { id: 'o-1' } } })
    const all = decoded(orders, row('D', Buffer.from('O'), tuple('o-1', '1', null)))
    assert.deepEqual(all, { tag: 'row', row: { ...removed, before: { id: 'o-1', amount: '1', note: null } } })
  })

  test('a table of another schema carries its name; a description replaces the one before', () => {
    const insert = row('I', N, full)
    const named = (result: PgoutputMessage | undefined) => result?.tag === 'row' && result.row.table
    assert.equal(named(decoded(relation(16400, 'shop', 'orders'), insert)), 'shop.orders')
    assert.equal(named(decoded(orders, relation(16400, 'public', 'renamed'), insert)), 'renamed')
  })

  test('a row that comes before its description is an error', () => {
    assert.throws(() => decoded(row('I', N, full)), /relation 16400/)
  })
})

test('a message that is cut anywhere is a RangeError', () => {
  const whole = [
    message('B', int64(1), int64(2), int(4, 3)),
    message('C', int(1, 0), int64(1), int64(2)),
    message('M', int(1, 1), int64(7), text0('prefix'), int(4, 3), Buffer.from('abc')),
    orders,
    row('I', N, tuple('o-1', 'x', null)),
    row('U', Buffer.from('O'), tuple('o-0', '1', 'x'), N, tuple('o-1', null, undefined)),
    row('D', Buffer.from('K'), tuple('o-1', null, null)),
  ]
  for (const bytes of whole) {
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(
        () => decoded(orders, bytes.subarray(0, length)),
        RangeError,
        `${bytes[0]} cut at ${length}`,
      )
    }
    assert.doesNotThrow(() => decoded(orders, bytes))
  }
})

test('garbage is a message or an error', () => {
  const kinds = fc.constantFrom('B', 'C', 'R', 'I', 'U', 'D', 'M', 'O', 'S', '')
  fc.assert(
    fc.property(kinds, fc.uint8Array({ maxLength: 100 }), (kind, bytes) => {
      const message = Buffer.concat([Buffer.from(kind), Buffer.from(bytes)])
      try {
        assert.ok(decoded(orders, message)?.tag)
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), String(error))
      }
    }),
  )
})
