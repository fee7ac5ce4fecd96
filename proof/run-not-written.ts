import { EventproofError, messageOf } from '../core/error.ts'

/** Something of a run directory could not be written (disk full, no permission, file system gone). */
export class RunNotWritten extends EventproofError {
  override readonly code = 'EVENTPROOF_RUN_NOT_WRITTEN'
  override readonly exitCode = 3

  constructor(path: string, cause: unknown) {
    super('the run cannot be written', {
      what: messageOf(cause),
      where: path,
      hint: 'free space under the run directory, or choose another one with --out',
      cause,
    })
  }
}

/** Does work that writes below `path`. @throws {RunNotWritten} where the file system refuses */
export async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const refused = cause instanceof Error && 'syscall' in cause
    throw refused ? new RunNotWritten(path, cause) : cause
  }
}
