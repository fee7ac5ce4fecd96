import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { groupLives } from '../../core/process-identity.ts'
import { root } from '../source-tree.ts'
import { EVENTS_FD, type TestEvent } from './test-event.ts'

export interface TestFileOptions {
  /** A regular expression on names of tests; undefined for all. */
  readonly only?: string | undefined
  /** Milliseconds in which no test begins or ends after which the file counts as hung. */
  readonly silence: number
  /** Ends the file, and everything that it started. */
  readonly signal: AbortSignal
}

export interface TestFileResult {
  readonly passed: number
  readonly failed: number
  readonly failures: readonly Extract<TestEvent, { type: 'failed' }>[]
  readonly skipped: readonly Extract<TestEvent, { type: 'skipped' }>[]
  /** Why the file itself did not end as it should: it hung, crashed or could not be loaded. */
  readonly broken?: string
  readonly milliseconds: number
}

/** Milliseconds for a file to tear down what it started when it is told to end. */
const GRACE = 10_000
const reporter = fileURLToPath(new URL('reporter.ts', import.meta.url))

/** Runs one test file in a process group of its own; when this resolves, nothing of that group lives. */
export async function runTestFile(file: string, options: TestFileOptions): Promise<TestFileResult> {
  const began = performance.now()
  const child = start(file, options.only)
  const printed = lastOf(child)
  const told: TestEvent[] = []
  const hung = new AbortController()
  const silence = setTimeout(() => hung.abort(), options.silence)
  const events = createInterface({ input: child.stdio[EVENTS_FD] as Readable })
  events.on('line', (line) => {
    told.push(JSON.parse(line))
    silence.refresh()
  })
  const complete = once(events, 'close')
  const stopped = AbortSignal.any([options.signal, hung.signal])
  const stop = () => void stopGroup(child)
  stopped.addEventListener('abort', stop, { once: true })
  const [code, signal] = await ended(child)
  clearTimeout(silence)
  await stopGroup(child, stopped.aborted ? GRACE : 0)
  stopped.removeEventListener('abort', stop)
  await complete

  const sum = told.findLast((event) => event.type === 'ended')
  // Hooks run, and may fail, also where the pattern leaves them no test.
  const untouched = options.only !== undefined && sum !== undefined && sum.passed + sum.failed === 0
  const failures = untouched ? [] : told.filter((event) => event.type === 'failed')
  const broken = hung.signal.aborted
    ? `hung: for ${options.silence / 1000} s no test began or ended${after(told)}`
    : options.signal.aborted
      ? `interrupted${after(told)}`
      : code === 0 || untouched || failures.length > 0
        ? undefined
        : [`ended with ${signal ?? `exit code ${code}`}${after(told)}`, printed()].filter(Boolean).join('\n')
  return {
    passed: sum?.passed ?? 0,
    failed: Math.max(sum?.failed ?? 0, failures.length) + (broken === undefined ? 0 : 1),
    failures,
    skipped: told.filter((event) => event.type === 'skipped'),
    ...(broken === undefined ? {} : { broken }),
    milliseconds: performance.now() - began,
  }
}

function start(file: string, only: string | undefined): ChildProcess {
  // Inside a test of ours, Node would take the file for a part of that test.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const args = [
    // kafkajs sets timers that are due already.
    '--disable-warning=TimeoutNegativeWarning',
    `--test-reporter=${reporter}`,
    '--test-reporter-destination=stdout',
    ...(only === undefined ? [] : [`--test-name-pattern=${only}`]),
  ]
  return spawn(process.execPath, [...args, join(root, file)], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
}

async function ended(child: ChildProcess): Promise<[code: number | null, signal: NodeJS.Signals | null]> {
  const [code, signal] = await once(child, 'exit')
  return [code, signal]
}

/** Asks the process group to end, gives it `grace` milliseconds, and kills what is left of it. */
async function stopGroup({ pid }: ChildProcess, grace = GRACE): Promise<void> {
  if (pid === undefined) return
  const send = (signal: NodeJS.Signals) => {
    try {
      process.kill(-pid, signal)
    } catch {
      // The group has ended.
    }
  }
  if (grace > 0) send('SIGTERM')
  const limit = performance.now() + grace
  while (groupLives(pid) && performance.now() < limit) await pause(20)
  if (groupLives(pid)) send('SIGKILL')
}

/** The last lines that a file printed: they explain why it broke. */
function lastOf({ stdout, stderr }: ChildProcess): () => string {
  let text = ''
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (more: string) => {
      text = (text + more).slice(-4000)
    })
  }
  return () => text.trimEnd().split('\n').slice(-25).join('\n')
}

function after(told: readonly TestEvent[]): string {
  const last = told.findLast((event) => event.type === 'began')
  return last ? `, after the beginning of “${last.name.join(' › ')}”` : ''
}
