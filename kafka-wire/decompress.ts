import { gunzipSync, zstdDecompressSync } from 'node:zlib'

/** Kafka's numbers of codecs → how what was compressed is read. Snappy is what franz-go's producers choose by themselves. */
export const DECOMPRESS: Readonly<Record<number, (bytes: Buffer) => Buffer>> = {
  0: (bytes) => bytes,
  1: gunzipSync,
  2: unsnappy,
  3: unlz4,
  4: zstdDecompressSync,
}

/** Bytes: no broker takes more in one request by default. */
const LARGEST = 1 << 28

const XERIAL = Buffer.from('\x82SNAPPY\0', 'latin1')

/** One block, or the blocks that Java's clients put behind a header of their own, each with its length. */
function unsnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, XERIAL.length).equals(XERIAL)) return snappyBlock(bytes)
  const blocks: Buffer[] = []
  for (let at = XERIAL.length + 8; at < bytes.length; ) {
    const end = at + 4 + bytes.readUInt32BE(at)
    blocks.push(snappyBlock(bytes.subarray(at + 4, end)))
    at = end
  }
  return Buffer.concat(blocks)
}

/** Source: google/snappy, format_description.txt. */
function snappyBlock(bytes: Buffer): Buffer {
  let at = 0
  let length = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes.readUInt8(at++)
    length += (byte & 127) * 2 ** shift
    if (byte < 128) break
  }
  if (length > LARGEST) throw new RangeError(`a block of ${length} bytes`)
  const out = Buffer.alloc(length)
  let to = 0
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at++)
    const high = tag >> 2
    if ((tag & 3) === 0) {
      const more = Math.max(0, high - 59)
      const count = (more === 0 ? high : bytes.readUIntLE(at, more)) + 1
      at += more
      to += bytes.copy(out, to, at, at + count)
      at += count
      continue
    }
    const width = [0, 1, 2, 4][tag & 3] ?? 0
    const low = bytes.readUIntLE(at, width)
    at += width
    const short = width === 1
    to = repeat(out, to, short ? ((tag >> 5) << 8) + low : low, short ? (high & 7) + 4 : high + 1)
  }
  return out
}

const CONTENT_SIZE = 8
const BLOCK_CHECKSUM = 16
const DICTIONARY = 1

/** Source: lz4/lz4, lz4_Frame_format.md and lz4_Block_format.md. A block may repeat what is in the one before it. */
function unlz4(bytes: Buffer): Buffer {
  const flags = bytes.readUInt8(4)
  let at = 7 + (flags & CONTENT_SIZE ? 8 : 0) + (flags & DICTIONARY ? 4 : 0)
  let out: Buffer = Buffer.alloc(0)
  for (let size = bytes.readUInt32LE(at); size !== 0; size = bytes.readUInt32LE(at)) {
    const length = size & 0x7fffffff
    const block = bytes.subarray(at + 4, at + 4 + length)
    out = size >>> 31 ? Buffer.concat([out, block]) : lz4Block(block, out)
    at += 4 + length + (flags & BLOCK_CHECKSUM ? 4 : 0)
  }
  return out
}

function lz4Block(bytes: Buffer, before: Buffer): Buffer {
  // No block of a frame is larger than 4 MB when it is read.
  const out = Buffer.alloc(before.length + (4 << 20))
  let to = before.copy(out)
  let at = 0
  const count = (nibble: number) => {
    let sum = nibble
    if (nibble === 15) for (let byte = 255; byte === 255; sum += byte) byte = bytes.readUInt8(at++)
    return sum
  }
  for (;;) {
    const token = bytes.readUInt8(at++)
    const literals = count(token >> 4)
    to += bytes.copy(out, to, at, at + literals)
    at += literals
    if (at >= bytes.length) return out.subarray(0, to)
    const offset = bytes.readUInt16LE(at)
    at += 2
    to = repeat(out, to, offset, count(token & 15) + 4)
  }
}

/** Byte for byte: what is repeated may reach into itself. @returns where it ends */
function repeat(out: Buffer, to: number, offset: number, count: number): number {
  for (let n = 0; n < count; n++) out.writeUInt8(out.readUInt8(to + n - offset), to + n)
  return to + count
}
