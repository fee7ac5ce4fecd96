import { createHash } from 'node:crypto'

/** Of our own making: names below it are unique in no other namespace. */
const NAMESPACE = Buffer.from('6f1d3c9a5b1e5d0c9c3d7e2f8a41b6d4', 'hex')

/** RFC 9562, version 5: the same name always has the same UUID, so that rendering twice gives the same bytes. */
export function nameUuid(name: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = hash.toString('hex', 0, 16)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
