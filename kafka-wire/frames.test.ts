import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Frames } from './frames.ts'

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))

function framed(frame: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32BE(frame.length)
  return Buffer.concat([size, frame])
}

/** The stream in pieces of these lengths, again and again. */
function chunked(stream: Buffer, lengths: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  for (let at = 0, i = 0; at < stream.length; i++) {
    const length = lengths[i % lengths.length] ?? 1
    chunks.push(stream.subarray(at, at + length))
    at += length
  }
  return chunks
}

test('frames come out the same, however the stream was chunked', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1 })
  fc.assert(
    fc.property(fc.array(bytes), bytes, lengths, (sent, cut, lengths) => {
      // The last frame is not whole: it must stay inside.
      const stream = Buffer.concat([...sent.map(framed), framed(Buffer.concat([cut, cut, Buffer.of(1)]))])
      const frames = new Frames()
      const received = chunked(stream.subarray(0, -1), lengths).flatMap((chunk) => frames.push(chunk))
      assert.deepEqual(received, sent)
      assert.equal(frames.push(stream.subarray(-1)).length, 1)
    }),
  )
})

test('garbage gives frames or a RangeError, nothing else, and a RangeError stays', () => {
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 20 }), (chunks) => {
      const frames = new Frames(10_000)
      let refused = false
      for (const chunk of chunks) {
        try {
          frames.push(chunk)
          assert.equal(refused, false)
        } catch (error) {
          assert.ok(error instanceof RangeError)
          refused = true
        }
      }
    }),
  )
})

test('a length that no request has is refused at its fourth byte', () => {
  for (const start of ['ffffffff', '16030100', '47455420']) {
    assert.throws(() => new Frames().push(Buffer.from(start, 'hex')), RangeError)
  }
})
