import { root } from '../source-tree.ts'
import type { TestFileResult } from './test-file.ts'

/** Most lines of what explains one failure, and most letters of one of them. */
const MOST = { lines: 40, letters: 300 }

/** A line of a stack that leads into Node itself. */
const OF_NODE = /^\s+at .*\(?node:internal/

/** What is printed of a test file when it has ended: its counts and time, then what failed and what was left out. */
export function linesOf(file: string, result: TestFileResult): string[] {
  const { failed, failures, skipped, broken, milliseconds } = result
  return [
    `   ${failed === 0 ? '✓' : '✗'} ${file.padEnd(56)} ${inWords({ ...result, skipped: skipped.length })} in ${(milliseconds / 1000).toFixed(1)} s`,
    ...failures.flatMap(({ name, where, why }) => [
      `     ✗ ${name.join(' › ')}  ${where.replace(`${root}/`, '')}`,
      ...indented(why),
    ]),
    ...(broken === undefined
      ? []
      : [`     ✗ the file itself ${broken.split('\n', 1)}`, ...indented(rest(broken))]),
    ...skipped.map(({ name, reason }) => `     – ${name.join(' › ')}: ${reason}`),
  ]
}

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** `3 passed, 1 failed, 2 skipped`; nothing is said of skipped ones where there are none. */
export function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`
}

function rest(text: string): string {
  return text.split('\n').slice(1).join('\n')
}

function indented(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !OF_NODE.test(line))
  const more = lines.length - MOST.lines
  const shown = [...lines.slice(0, MOST.lines), ...(more > 0 ? [`… ${more} more lines`] : [])]
  return shown.map((line) => `         ${line.slice(0, MOST.letters)}`)
}
