import { EventproofError, messageOf } from '../core/error.ts'

/** Something that no error of ours foresaw: a defect of this tool, not of the service under test. */
export class InternalDefect extends EventproofError {
  override readonly code = 'EVENTPROOF_INTERNAL'
  override readonly exitCode = 70

  constructor(cause: unknown) {
    super('a defect of eventproof itself', {
      what: messageOf(cause),
      hint: 'run it again with EVENTPROOF_DEBUG=1 for the full stack, and report it with that',
      cause,
      ...(cause instanceof Error ? { where: firstOwnFrame(cause) } : {}),
    })
  }
}

function firstOwnFrame(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  const own = frames.find((line) => !line.includes('node_modules') && !line.includes('node:')) ?? frames[0]
  return own?.trim().replace(/^at /, '') ?? 'unknown'
}
