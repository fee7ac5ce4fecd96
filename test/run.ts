/**
 * `npm test`: types, format and lint, the tests that need nothing, then those that need the running stack, one after
 * the other. `npm test -- FILE… --only PATTERN` runs some tests only. Tells each file as it ends; the last line sums
 * up all of them: `N passed, N failed`, and `, N skipped` where some were.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { inWords, linesOf } from './runner/lines.ts'
import { type TestRequest, testRequest, WrongRequest } from './runner/request.ts'
import { runTestFile } from './runner/test-file.ts'
import { projectFiles, root } from './source-tree.ts'

/** Milliseconds without a sign of life. What needs the stack may have to build Kubernetes first. */
const SILENCE = { alone: 3 * 60_000, stack: 30 * 60_000 }

const sum = { passed: 0, failed: 0, skipped: 0 }
const interrupted = new AbortController()
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    process.exitCode ??= code
    interrupted.abort()
  })
}

const tests = projectFiles(/\.test\.ts$/)
  .filter((path) => !path.startsWith('bench/'))
  .sort()
const request = asked()
if (request) {
  const needStack = request.files.filter((path) => path.endsWith('.stack.test.ts'))
  const alone = request.files.filter((path) => !path.endsWith('.stack.test.ts'))
  if (request.everything) {
    await check('types', ['node_modules/.bin/tsc', '--noEmit', '-p', '.'])
    await check('format and lint', ['node_modules/.bin/biome', 'ci', '--colors=off', '.'])
  }
  await testFiles('unit tests', alone, 2, SILENCE.alone)
  await testFiles('tests on the stack', needStack, 1, SILENCE.stack)
  if (sum.passed + sum.failed === 0 && request.only !== undefined)
    console.log(`no test is called like ${request.only}`)
  console.log(`\n${inWords(sum)}`)
  process.exitCode ??= sum.failed === 0 && sum.passed > 0 ? 0 : 1
}

function asked(): TestRequest | undefined {
  try {
    return testRequest(process.argv.slice(2), tests)
  } catch (error) {
    if (!(error instanceof WrongRequest)) throw error
    console.error(error.message)
    process.exitCode = 64
  }
}

/** A program that is one check: it holds where it ends with 0. */
async function check(title: string, [program = '', ...args]: readonly string[]): Promise<void> {
  if (interrupted.signal.aborted) return
  const began = performance.now()
  console.log(`== ${title}`)
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    signal: interrupted.signal,
  })
  const [code] = await once(child, 'exit').catch((error: unknown) => [String(error)])
  sum[code === 0 ? 'passed' : 'failed']++
  console.log(`   ${code === 0 ? '✓' : '✗'} ${title} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

async function testFiles(
  title: string,
  files: readonly string[],
  atOnce: number,
  silence: number,
): Promise<void> {
  if (files.length === 0 || interrupted.signal.aborted) return
  console.log(`== ${title}, ${files.length} ${files.length === 1 ? 'file' : 'files'}`)
  const waiting = [...files]
  const { signal } = interrupted
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined && !signal.aborted; file = waiting.shift()) {
      const result = await runTestFile(file, { only: request?.only, silence, signal })
      sum.passed += result.passed
      sum.failed += result.failed
      sum.skipped += result.skipped.length
      const nothing = result.passed + result.failed + result.skipped.length === 0
      if (request?.only === undefined || !nothing) console.log(linesOf(file, result).join('\n'))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
