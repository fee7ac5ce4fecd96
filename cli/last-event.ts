import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { RunResult } from '../core/progress.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

/** What a run of ours says last. */
export type Ending = RunResult | { readonly type: 'error'; readonly code: string; readonly what: string }

/**
 * Runs ourselves in a process of its own, as a user would. What it says on the way goes to stderr; signals are passed on.
 * @param env beside that of this process @returns undefined where it ended without a result
 */
export async function lastEvent(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ending | undefined> {
  const child = spawn(process.execPath, [...process.execArgv, MAIN, ...args, '--json'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const forward = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, forward)
  let last: string | undefined
  if (child.stdout) for await (const line of createInterface({ input: child.stdout })) last = line
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, forward)
  return last === undefined ? undefined : JSON.parse(last)
}
