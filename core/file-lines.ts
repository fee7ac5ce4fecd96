import { open } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds between two looks at a file that grows. */
const LOOK = 50

/**
 * The lines of a file that is written to, from its beginning. Without `follow` they end where the file ends now; with
 * it, when it is aborted. A file that is not there yet has no lines.
 */
export async function* fileLines(path: string, follow?: AbortSignal): AsyncGenerator<string, void> {
  const chunk = Buffer.alloc(64 * 1024)
  let at = 0
  let rest: Buffer = Buffer.alloc(0)
  for (;;) {
    const read = await readAt(path, chunk, at)
    at += read
    rest = Buffer.concat([rest, chunk.subarray(0, read)])
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      yield rest.toString('utf8', 0, end)
      rest = rest.subarray(end + 1)
    }
    if (read > 0) continue
    if (!follow || follow.aborted) break
    await pause(LOOK, undefined, { signal: follow }).catch(() => {})
  }
  if (rest.length > 0) yield rest.toString('utf8')
}

async function readAt(path: string, into: Buffer, position: number): Promise<number> {
  try {
    await using file = await open(path)
    return (await file.read(into, 0, into.length, position)).bytesRead
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
