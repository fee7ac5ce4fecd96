import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DECOMPRESS } from './decompress.ts'

const read = (codec: number, hex: string) => DECOMPRESS[codec]?.(Buffer.from(hex, 'hex')).toString()

test('snappy is read: literals, and copies that reach into themselves', () => {
  assert.equal(read(2, '09 08 616263 09 03'.replaceAll(' ', '')), 'abcabcabc')
  assert.equal(read(2, '09 08 616263 16 0300'.replaceAll(' ', '')), 'abcabcabc', 'an offset of two bytes')
  const long = 'x'.repeat(200)
  assert.equal(
    read(2, `c801f0c7${Buffer.from(long).toString('hex')}`),
    long,
    'a literal of more than 60 bytes',
  )
})

test('snappy is read as Java’s clients write it, in blocks behind a header', () => {
  const block = '0908616263'.concat('0903')
  const length = (block.length / 2).toString(16).padStart(8, '0')
  assert.equal(
    read(2, `82534e4150505900${'00000001'.repeat(2)}${`${length}${block}`.repeat(2)}`),
    'abcabcabc'.repeat(2),
  )
})

test('lz4 is read: blocks that are compressed, that are not, and that repeat what is before them', () => {
  const head = '04224d18604073'
  assert.equal(read(3, `${head}0c00000032616263030050646566676800000000`), 'abcabcabcdefgh')
  assert.equal(read(3, `${head}03000080616263${'00000000'}`), 'abc')
})
