import { messageOf } from '../core/error.ts'
import type { AntiPattern } from './anti-pattern.ts'
import type { Look } from './observation.ts'

/** Looks at a scenario for each of these. One that fails is blind, and says so. */
export function looksAt<Seen>(
  seen: Seen,
  patterns: readonly AntiPattern<Seen>[],
): Readonly<Record<string, Look>> {
  const looks = patterns.flatMap((pattern): [string, Look][] => {
    try {
      const look = pattern.look?.(seen)
      return look === undefined ? [] : [[pattern.id, look]]
    } catch (error) {
      return [[pattern.id, { blind: `it could not be read: ${messageOf(error)}` }]]
    }
  })
  return Object.fromEntries(looks)
}
