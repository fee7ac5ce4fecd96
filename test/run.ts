/**
 * `npm test`: types, format and lint, the tests that need nothing, then those that need the running stack, one after
 * the other. Ends with one line that sums up all of them: `N passed, N failed`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { projectFiles, root } from './source-tree.ts'

interface Section {
  readonly title: string
  readonly command: readonly string[]
  /** A TAP stream is counted test by test; any other command is one check. */
  readonly tap?: true
}

const tests = projectFiles(/\.test\.ts$/)
  .filter((path) => !path.startsWith('bench/'))
  .sort()
const needStack = tests.filter((path) => path.endsWith('.stack.test.ts'))
const alone = tests.filter((path) => !path.endsWith('.stack.test.ts'))

const nodeTest = (concurrency: number, files: readonly string[]) => [
  process.execPath,
  '--test',
  // kafkajs sets timers that are due already.
  '--disable-warning=TimeoutNegativeWarning',
  '--test-reporter=tap',
  `--test-concurrency=${concurrency}`,
  ...files,
]
const sections: readonly Section[] = [
  { title: 'types', command: ['node_modules/.bin/tsc', '--noEmit', '-p', '.'] },
  { title: 'format and lint', command: ['node_modules/.bin/biome', 'ci', '--colors=off', '.'] },
  { title: `unit tests, ${alone.length} files`, command: nodeTest(2, alone), tap: true },
  ...(needStack.length === 0
    ? []
    : [
        {
          title: `tests on the stack, ${needStack.length} files`,
          command: nodeTest(1, needStack),
          tap: true,
        } as const,
      ]),
]

let running: ChildProcess | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    running?.kill(signal)
    process.exitCode = signal === 'SIGINT' ? 130 : 143
  })
}

let passed = 0
let failed = 0
for (const section of sections) {
  if (process.exitCode !== undefined) break
  console.log(`== ${section.title}`)
  const started = performance.now()
  const counts = await run(section)
  passed += counts.passed
  failed += counts.failed
  const took = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`   ${counts.passed} passed, ${counts.failed} failed in ${took} s`)
}
console.log('')
console.log(`${passed} passed, ${failed} failed`)
process.exitCode ??= failed === 0 && passed > 0 ? 0 : 1

async function run({ command, tap }: Section): Promise<{ passed: number; failed: number }> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  running = child
  const ended = new Promise<boolean>((done) => {
    child.once('error', () => done(false))
    child.once('close', (code) => done(code === 0))
  })
  const counts = { passed: 0, failed: 0 }
  for await (const line of createInterface({ input: child.stdout })) {
    if (tap) readTap(line, counts)
    else console.log(`   ${line}`)
  }
  const well = await ended
  if (!tap) return well ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  // A run that ends badly without a failed test (it was killed, nothing could be loaded) must not look green.
  return { ...counts, failed: well || counts.failed > 0 ? counts.failed : 1 }
}

/** Sums come from the reporter's own footer; failures, what explains them and what was skipped are passed on. */
function readTap(line: string, counts: { passed: number; failed: number }): void {
  const footer = /^# (pass|fail|cancelled) (\d+)$/.exec(line)
  if (footer?.[1] === 'pass') counts.passed += Number(footer[2])
  else if (footer) counts.failed += Number(footer[2])
  const skipped = /^\s*ok .*# SKIP\b/.test(line)
  const noise = /^\s*(# |ok |TAP|1\.\.|---|\.\.\.|duration_ms|type:)/.test(line)
  if ((skipped || !noise) && line.trim() !== '') console.log(`   ${line}`)
}
