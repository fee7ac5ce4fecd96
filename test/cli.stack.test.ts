import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { until } from '../core/until.ts'
import { marked, markOf } from './marked-processes.ts'
import { runTool, startTool } from './tool.ts'

/** Long enough for a cold cache on a slow machine. */
const LONG = 15 * 60_000
const BRIEF = ['prove', 'P1', '--events', '40', '--json']

describe('a proof from the command line', { timeout: LONG }, () => {
  let cwd = ''
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'eventproof-e2e-'))
  })
  after(() => rm(cwd, { recursive: true, force: true }))

  it('leaves nothing behind within 2 s when it is killed', {
    skip: process.platform !== 'linux',
  }, async () => {
    const tool = startTool(BRIEF, { cwd })
    await tool.event(({ type, state }) => type === 'component' && state === 'ready')
    const mark = markOf(tool.process.pid ?? 0) ?? assert.fail('it started nothing')
    tool.process.kill('SIGKILL')
    await tool.ended
    await until(() => marked(mark).length === 0, {
      what: 'everything that was started is gone',
      deadline: 2_000,
    })
  })

  it('heals, tears down and leaves a partial report when it is interrupted', async () => {
    const tool = startTool(BRIEF, { cwd })
    await tool.event(({ type, state }) => type === 'scenario' && state === 'trial')
    const mark = process.platform === 'linux' ? markOf(tool.process.pid ?? 0) : undefined
    tool.process.kill('SIGINT')
    const { code, stdout, stderr } = await tool.ended
    assert.equal(code, 130, stderr || stdout)
    const result = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    assert.equal(result.type, 'result')
    assert.equal(result.interrupted, true)
    assert.notEqual(result.verdict, 'HELD')
    assert.ok(existsSync(result.report))
    if (mark !== undefined) assert.deepEqual(marked(mark), [])
  })

  it('is VACUOUS with every fault disarmed, and its run verifies until a byte is changed', async () => {
    const { code, stdout } = await runTool(
      [...BRIEF.toSpliced(1, 1, '@W1', '@W5', '@W11', '@A19'), '--disarm'],
      { cwd },
    )
    assert.equal(code, 2)
    const result = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    assert.equal(result.verdict, 'VACUOUS')

    assert.equal((await runTool(['verify', result.directory], { cwd })).code, 0)
    await appendFile(join(result.directory, 'junit.xml'), ' ')
    const changed = await runTool(['verify', 'latest'], { cwd })
    assert.equal(changed.code, 1)
    assert.match(changed.stdout, /junit\.xml was changed/)
    assert.equal((await runTool(['report', 'latest'], { cwd })).code, 0)
    assert.equal((await runTool(['verify', 'latest'], { cwd })).code, 0)
  })
})
