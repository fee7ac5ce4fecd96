import assert from 'node:assert/strict'
import { marked, markOf } from './marked-processes.ts'
import { startTool } from './tool.ts'

/** Milliseconds: long enough for a cold cache on a slow machine. */
export const LONG = 15 * 60_000

export interface Proved {
  readonly code: number | null
  /** The last line of its NDJSON. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever was printed
  readonly last: any
}

export type Prover = (args: readonly string[]) => Promise<Proved>

/** Proves as a user does, from this folder, and sees that nothing is left of it. */
export function prover(cwd: string): Prover {
  return async (args) => {
    const tool = startTool(['prove', ...args, '--events', '40', '--json'], { cwd })
    await tool.event(({ type, state }) => type === 'component' && state === 'ready')
    const mark = process.platform === 'linux' ? markOf(tool.process.pid ?? 0) : undefined
    const { code, stdout } = await tool.ended
    if (mark !== undefined) assert.deepEqual(marked(mark), [])
    return { code, last: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') }
  }
}
