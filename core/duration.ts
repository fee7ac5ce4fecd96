import { EventproofError } from './error.ts'

export class DurationInvalid extends EventproofError {
  override readonly code = 'EVENTPROOF_DURATION_INVALID'
  override readonly exitCode = 64
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/** `250ms`, `1.5s`, `2m`, `1h` → milliseconds. @throws {DurationInvalid} */
export function milliseconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim())
  if (!match) {
    throw new DurationInvalid('a duration is not understood', {
      what: `found '${text}', expected one like 250ms, 30s, 2m or 1h`,
    })
  }
  return Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]
}
