import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { messageOf } from '../../../core/error.ts'

/** Of a body, also when it is unpacked. */
export const MOST_BYTES = 16 * 1024 * 1024

/** More came, or would come out, than anybody sends who means well. */
export class TooLarge extends Error {
  constructor() {
    super(`a body has ${MOST_BYTES} bytes at most`)
  }
}

const unpack = promisify(gunzip)

/** What gzip packed. @throws {TooLarge}, or what says that it is none */
export async function unpacked(bytes: Uint8Array): Promise<Buffer> {
  return unpack(bytes, { maxOutputLength: MOST_BYTES }).catch((error) => {
    throw error.code === 'ERR_BUFFER_TOO_LARGE'
      ? new TooLarge()
      : new Error(`it is no gzip: ${messageOf(error)}`)
  })
}

/** All bytes of a body. @throws {TooLarge} */
export async function bytesOf(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MOST_BYTES) throw new TooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
