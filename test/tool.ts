import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './source-tree.ts'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly milliseconds: number
}

export interface RunningTool {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves with the first event of `--json` that matches; rejects when the tool ends before. */
  event(matches: (event: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>
}

/** Starts `eventproof` as a user does, under whatever Node runs the tests. */
export function startTool(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): RunningTool {
  const started = performance.now()
  const child = spawn(process.execPath, [join(root, 'cli', 'eventproof.mjs'), ...args], {
    cwd: options.cwd ?? root,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) =>
      resolve({ code, stdout, stderr, milliseconds: performance.now() - started }),
    )
  })
  return {
    process: child,
    ended,
    event: (matches) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const whole = stdout.slice(0, stdout.lastIndexOf('\n') + 1)
          const found = whole
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line))
            .find(matches)
          if (found !== undefined) resolve(found)
        }
        child.stdout.on('data', look)
        child.once('close', (code) => reject(new Error(`it ended with ${code}: ${stderr || stdout}`)))
        look()
      }),
  }
}

/** Runs `eventproof` to its end. */
export function runTool(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return startTool(args, options).ended
}
