import { open } from 'node:fs/promises'

const WINDOW = 16 * 1024

/** The last `lines` lines of a file, from its last 16 KB; empty when there is no such file. */
export async function logTail(path: string, lines = 15): Promise<string> {
  try {
    await using file = await open(path, 'r')
    const { size } = await file.stat()
    const buffer = Buffer.alloc(Math.min(size, WINDOW))
    await file.read(buffer, 0, buffer.length, size - buffer.length)
    return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } catch {
    return ''
  }
}
