import type { Verdicts } from '../proof/judgement.ts'
import { exitCodeOf } from '../proof/verdict.ts'
import { besidesWaived } from '../reports/waivers.ts'
import type { RunOptions } from './options.ts'

/** Waived violations count unless they are accepted; anti-patterns where they were asked to, and nothing worse was found. */
export function exitCodeWith(verdicts: Verdicts, { antiPatterns: counted, waivers }: RunOptions): number {
  const { antiPatterns = [] } = verdicts
  const verdict = waivers === 'accept' ? besidesWaived(verdicts) : verdicts.verdict
  const code = exitCodeOf(verdict, verdict === 'NOT-PROVEN')
  const found = antiPatterns.some(({ state }) => state === 'found')
  return code === 0 && counted === 'fail' && found ? 1 : code
}
