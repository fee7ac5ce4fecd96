import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { BatchNotReadable, type RecordBatch, readBatches } from './record-batch.ts'

const load = createRequire(import.meta.url)
const Long = load('kafkajs/src/utils/long')
const encodeBatch = load('kafkajs/src/protocol/recordBatch/v0').RecordBatch
const encodeRecord = load('kafkajs/src/protocol/recordBatch/record/v0')

interface Sent {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, Buffer>>
  readonly timestamp: number
}
const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array))
const sent = fc.record<Sent>({
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.dictionary(fc.string({ unit: 'grapheme' }), bytes, { noNullPrototype: true }),
  timestamp: fc.integer({ min: 0, max: 2 ** 41 }),
})

interface Head {
  readonly baseOffset?: number
  readonly producerId?: number
  readonly epoch?: number
  readonly sequence?: number
  readonly transactional?: boolean
  /** Added to the attributes: 1 gzip, 2 snappy, 3 lz4, 4 zstd, 8 the broker's timestamp, 32 control. */
  readonly attributes?: number
}

/** A batch of kafkajs' encoder. What it can't do (zstd, control records) is written over its fields by hand. */
async function batchOf(records: readonly Sent[], head: Head = {}): Promise<Buffer> {
  const {
    baseOffset = 0,
    producerId = -1,
    epoch = 0,
    sequence = 0,
    transactional = false,
    attributes = 0,
  } = head
  const first = records[0]?.timestamp ?? 0
  const encoded = records.map(({ timestamp, ...record }, offsetDelta) =>
    encodeRecord({ ...record, offsetDelta, timestampDelta: timestamp - first }),
  )
  const { buffer } = await encodeBatch({
    records: encoded,
    firstOffset: Long.fromValue(baseOffset),
    firstTimestamp: first,
    maxTimestamp: Math.max(0, ...records.map(({ timestamp }) => timestamp)),
    producerId: Long.fromValue(producerId),
    producerEpoch: epoch,
    firstSequence: sequence,
    transactional,
    lastOffsetDelta: records.length - 1,
  })
  buffer.writeInt16BE(buffer.readInt16BE(21) | attributes, 21)
  const compress = { 1: gzipSync, 4: zstdCompressSync }[attributes & 7]
  if (compress === undefined) return buffer
  const whole = Buffer.concat([buffer.subarray(0, 61), compress(buffer.subarray(61))])
  whole.writeInt32BE(whole.length - 12, 8)
  return whole
}

const one: Sent = { key: Buffer.from('k'), value: Buffer.from('v'), headers: {}, timestamp: 7 }

function theBatch(bytes: Buffer): RecordBatch {
  const [batch, ...more] = readBatches(bytes)
  assert.ok(batch && more.length === 0)
  return batch
}

for (const [codec, name] of [
  [0, 'plain'],
  [1, 'gzip'],
  [4, 'zstd'],
] as const) {
  test(`${name} batches: every record comes back`, async () => {
    const batches = fc.array(fc.array(sent, { minLength: 1, maxLength: 8 }), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(2 ** 40), async (batches, start) => {
        let baseOffset = start
        const stream: Buffer[] = []
        for (const records of batches) {
          stream.push(await batchOf(records, { baseOffset, attributes: codec }))
          baseOffset += records.length
        }
        const read = [...readBatches(Buffer.concat(stream))]
        const expected = batches.flat().map(({ headers, ...record }, i) => ({
          offset: start + i,
          ...record,
          headers: Object.entries(headers).map(([name, value]) => ({
            name: Buffer.from(name).toString(),
            value,
          })),
        }))
        assert.deepEqual(
          read.flatMap(({ records }) => records),
          expected,
        )
        assert.equal(read.at(-1)?.lastOffset ?? start - 1, baseOffset - 1)
      }),
      { numRuns: 40 },
    )
  })
}

test('who wrote it: producer id, epoch, first sequence, transaction', async () => {
  const head = {
    baseOffset: 2 ** 33,
    producerId: 2 ** 45,
    epoch: 3,
    sequence: 2 ** 31 - 1,
    transactional: true,
  }
  const { records, ...batch } = theBatch(await batchOf([one, one], head))
  assert.deepEqual(batch, {
    baseOffset: 2 ** 33,
    lastOffset: 2 ** 33 + 1,
    producerId: 2 ** 45,
    producerEpoch: 3,
    baseSequence: 2 ** 31 - 1,
    transactional: true,
    control: false,
  })
  assert.equal(records.length, 2)
  assert.equal(theBatch(await batchOf([one])).producerId, -1)
})

test('the end marker of a transaction is a control record', async () => {
  const key = Buffer.from('00000001', 'hex')
  const batch = theBatch(
    await batchOf([{ ...one, key }], { transactional: true, attributes: 32, producerId: 5 }),
  )
  assert.deepEqual([batch.control, batch.transactional, batch.producerId], [true, true, 5])
  assert.deepEqual(batch.records[0]?.key, key)
})

test('a topic with the broker’s timestamps has that of the batch', async () => {
  const batch = theBatch(await batchOf([one, { ...one, timestamp: 99 }], { attributes: 8 }))
  assert.deepEqual(
    batch.records.map(({ timestamp }) => timestamp),
    [99, 99],
  )
})

test('a header without a value is null', async () => {
  const buffer = await batchOf([{ ...one, headers: { h: Buffer.from('x') } }])
  // The record's last bytes: header count 1, name "h", value "x"; a length of −1 takes the place of the value.
  const cut = Buffer.concat([buffer.subarray(0, -2), Buffer.of(1)])
  cut.writeInt32BE(cut.length - 12, 8)
  assert.deepEqual(theBatch(cut).records[0]?.headers, [{ name: 'h', value: null }])
})

test('what compaction left of a batch keeps its own offsets', async () => {
  const kept = [encodeRecord({ key: one.key, value: one.value, offsetDelta: 3 })]
  const { buffer } = await encodeBatch({ records: kept, firstOffset: Long.fromValue(10), lastOffsetDelta: 5 })
  const batch = theBatch(buffer)
  assert.deepEqual([batch.baseOffset, batch.records[0]?.offset, batch.lastOffset], [10, 13, 15])
})

test('a batch that the broker cut at the end of a fetch is left out', async () => {
  const first = await batchOf([one, one])
  const second = await batchOf([one], { baseOffset: 2 })
  for (let length = 0; length < second.length; length++) {
    assert.equal([...readBatches(Buffer.concat([first, second.subarray(0, length)]))].length, 1)
  }
})

test('what can’t be decompressed or is older is said with its offset', async () => {
  for (const [attributes, name] of [
    [5, 'codec 5'],
    [7, 'codec 7'],
  ] as const) {
    const batch = await batchOf([one], { baseOffset: 17, attributes })
    assert.throws(
      () => [...readBatches(batch)],
      (error) => {
        assert.ok(error instanceof BatchNotReadable)
        assert.ok(error.detail.what?.includes(name))
        assert.equal(error.detail.where, 'offset 17')
        return true
      },
    )
  }
  const torn = await batchOf([one, one], { baseOffset: 17, attributes: 1 })
  torn.fill(0, 61)
  assert.throws(
    () => [...readBatches(torn)],
    (error) => {
      assert.ok(error instanceof BatchNotReadable)
      assert.match(error.detail.what, /2 records, compressed with codec 1, can’t be decoded/)
      assert.deepEqual([error.baseOffset, error.lastOffset], [17, 18])
      return true
    },
  )
  const old = await batchOf([one])
  old.writeInt8(1, 16)
  assert.throws(() => [...readBatches(old)], /record batch/)
})

test('garbage ends in batches or an error, and ends', async () => {
  const valid = await batchOf([one, { ...one, headers: { h: Buffer.from('x') } }])
  const flips = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 6 })
  fc.assert(
    fc.property(flips, fc.uint8Array({ maxLength: 100 }), (flips, more) => {
      const bytes = Buffer.concat([valid, Buffer.from(more)])
      for (const [at, value] of flips) bytes.writeUInt8(value, at)
      try {
        for (const batch of readBatches(bytes)) assert.ok(batch.records.length < 1000)
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), String(error))
      }
    }),
  )
})
