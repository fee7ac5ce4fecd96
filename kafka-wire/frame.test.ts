import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import fc from 'fast-check'
import { FrameReader, FrameWriter } from './frame.ts'

/** kafkajs' own encoder of the same types. */
const Encoder = createRequire(import.meta.url)('kafkajs/src/protocol/encoder')

test('numbers and strings come back as they were written', () => {
  const int = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 })
  const values = fc.tuple(int(8), int(16), int(32), fc.maxSafeInteger(), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(values, ([a, b, c, d, text]) => {
      const framed = new FrameWriter().int8(a).int16(b).int32(c).int64(d).string(text).framed()
      const reader = new FrameReader(framed)
      assert.equal(reader.int32(), framed.length - 4)
      assert.deepEqual([reader.int8(), reader.int16(), reader.int32(), reader.int64()], [a, b, c, d])
      assert.equal(reader.string(), Buffer.from(text).toString())
      assert.equal(reader.left, 0)
    }),
  )
})

test('varints are those of kafkajs', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), (signed, unsigned) => {
      const bytes = new Encoder().writeVarInt(signed).writeUVarInt(unsigned).buffer
      const reader = new FrameReader(bytes)
      assert.deepEqual([reader.varint(), reader.unsignedVarint()], [signed, unsigned])
    }),
  )
  for (const long of [2 ** 40, -(2 ** 40), 2 ** 52]) {
    assert.equal(new FrameReader(new Encoder().writeVarLong(long).buffer).varint(), long)
  }
})

test('null strings are null, tagged fields are stepped over', () => {
  const reader = new FrameReader(Buffer.from('ffff00020101999900027aff0161', 'hex'))
  assert.equal(reader.string(), null)
  assert.equal(reader.compactString(), null)
  reader.skipTaggedFields()
  assert.equal(reader.left, 2)
})

test('whatever is read from garbage ends in a value or a RangeError', () => {
  const reads = fc.constantFrom(
    (reader: FrameReader) => reader.int8(),
    (reader: FrameReader) => reader.int16(),
    (reader: FrameReader) => reader.int32(),
    (reader: FrameReader) => reader.int64(),
    (reader: FrameReader) => reader.string(),
    (reader: FrameReader) => reader.compactString(),
    (reader: FrameReader) => reader.varint(),
    (reader: FrameReader) => reader.skipTaggedFields(),
    (reader: FrameReader) => reader.slice(reader.varint()),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.array(reads), (bytes, reads) => {
      const reader = new FrameReader(Buffer.from(bytes))
      try {
        for (const read of reads) {
          read(reader)
          assert.ok(reader.left >= 0)
        }
      } catch (error) {
        assert.ok(error instanceof RangeError, String(error))
      }
    }),
  )
})
