import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { identityOf, isAlive } from '../../core/process-identity.ts'
import { until } from '../../core/until.ts'
import { root } from '../source-tree.ts'
import { linesOf } from './lines.ts'
import { runTestFile, type TestFileResult } from './test-file.ts'

const never = new AbortController().signal
const top = `import { describe, it } from 'node:test'
import assert from 'node:assert'
`
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eventproof-runner-'))
})
after(() => rm(folder, { recursive: true }))

async function file(name: string, body: string): Promise<string> {
  const path = join(folder, `${name}.test.mjs`)
  await writeFile(path, top + body)
  return relative(root, path)
}

async function ran(name: string, body: string, only?: string): Promise<TestFileResult> {
  return runTestFile(await file(name, body), { only, silence: 60_000, signal: never })
}

describe('a test file that is run', () => {
  it('tells its counts, and what a test prints is none of them', async () => {
    const result = await ran(
      'green',
      `it('a', () => console.log('# fail 3'))\ndescribe('s', () => { it('b', () => {}) })`,
    )
    assert.deepEqual([result.passed, result.failed, result.broken], [2, 0, undefined])
  })

  it('tells each failure by its full name, with place and reason', async () => {
    const result = await ran(
      'red',
      `describe('outer', () => {
      it('holds', () => {})
      describe('inner', () => { it('fails', () => assert.equal(1, 2)) })
    })`,
    )
    assert.deepEqual([result.passed, result.failed], [1, 1])
    const text = linesOf('red.test.mjs', result).join('\n')
    assert.match(text, /✗ red\.test\.mjs +1 passed, 1 failed in \d/)
    assert.match(text, /✗ outer › inner › fails {2}.*red\.test\.mjs:5/)
    assert.match(text, /1 == 2/)
  })

  it('tells what was skipped, suites too, and why', async () => {
    const result = await ran(
      'skipping',
      `it('a', { skip: 'no docker' }, () => {})
      describe('s', { skip: 'not here' }, () => { it('b', () => {}) })
      it('c', (test) => test.skip())`,
    )
    assert.deepEqual([result.passed, result.failed], [0, 0])
    assert.deepEqual(
      result.skipped.map(({ name, reason }) => `${name.join(' › ')}: ${reason}`),
      ['a: no docker', 's: not here', 'c: no reason is given'],
    )
  })

  it('counts a hook that fails, though no test did', async () => {
    const body = `import { after } from 'node:test'
      describe('s', () => { after(() => { throw new Error('left over') }); it('a', () => {}) })`
    const result = await ran('hook', body)
    assert.deepEqual([result.passed, result.failed], [1, 1])
    assert.match(result.failures[0]?.why ?? '', /left over/)
  })

  it('runs only the tests whose name matches', async () => {
    const result = await ran('only', `it('one', () => {})\nit('two', () => assert.fail())`, '^on')
    assert.deepEqual([result.passed, result.failed, result.skipped.length], [1, 0, 0])
  })

  it('is left out where no name matches, whatever its hooks do without a test', async () => {
    const body = `import { after } from 'node:test'\nafter(() => { throw new Error() })\nit('one', () => {})`
    const result = await ran('none', body, 'two')
    assert.deepEqual([result.passed, result.failed, result.broken], [0, 0, undefined])
  })

  it('that can not be loaded is a failure, with its last words', async () => {
    const result = await ran('broken', `import './nothing.mjs'`)
    assert.equal(result.failed, 1)
    assert.match(linesOf('broken', result).join('\n'), /ended with exit code 1[\s\S]*nothing\.mjs/)
  })

  it('that ends in the middle is a failure, with the test that was under way', async () => {
    const result = await ran(
      'ended',
      `it('a', () => {})\nit('leaves', () => new Promise(() => setTimeout(() => process.kill(process.pid, 'SIGKILL'), 200)))`,
    )
    assert.match(result.broken ?? '', /SIGKILL, after the beginning of “leaves”/)
    assert.equal(result.failed, 1)
  })

  it('that hangs is ended', async () => {
    const path = await file(
      'hung',
      `it('waits for ever', () => {
        setInterval(() => {}, 1000)
        return new Promise(() => {})
      })`,
    )
    const result = await runTestFile(path, { silence: 1500, signal: never })
    assert.match(result.broken ?? '', /hung: for 1\.5 s .* “waits for ever”/)
    assert.equal(result.failed, 1)
  })

  it('that is interrupted leaves nothing', { timeout: 60_000 }, async () => {
    const pidFile = join(folder, 'pid')
    const path = await file(
      'interrupted',
      `import { spawn } from 'node:child_process'
      import { writeFileSync } from 'node:fs'
      it('waits', () => {
        const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
        // The reporter hears of a test a turn of the event loop after it began.
        setImmediate(() => writeFileSync(${JSON.stringify(pidFile)}, String(pid)))
        return new Promise((done) => setTimeout(done, 120_000))
      })`,
    )
    const interrupt = new AbortController()
    const running = runTestFile(path, { silence: 60_000, signal: interrupt.signal })
    const below = await until(async () => identityOf(Number(await readFile(pidFile, 'utf8'))), {
      what: 'the process below the test',
      deadline: 30_000,
    })
    interrupt.abort()
    assert.match((await running).broken ?? '', /interrupted, after the beginning of “waits”/)
    assert.equal(below !== undefined && isAlive(below), false)
  })
})
