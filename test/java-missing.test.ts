import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runTool } from './tool.ts'

describe('a machine without what Java is obtained with, and an empty cache', () => {
  let cwd = ''
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'eventproof-no-java-'))
    // Postgres may run as another user.
    await chmod(cwd, 0o755)
  })
  after(() => rm(cwd, { recursive: true, force: true }))

  it('is told what is missing, what it costs and how to get it; the cache keeps nothing broken', async () => {
    await symlink(process.execPath, join(cwd, 'node'))
    const cache = join(cwd, 'cache')
    const env = { PATH: cwd, EVENTPROOF_CACHE: cache }
    const { code, stdout } = await runTool(['prove', '@control', '--json'], { cwd, env })
    const error = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    assert.deepEqual([code, error.code], [3, 'EVENTPROOF_TOOLCHAIN_MISSING'], stdout)
    assert.match(error.title, /^(python3|npm|mvn|go) is missing$/)
    assert.match(error.what, /without it there is no /)
    assert.ok(error.hint)
    // What was begun lies beside, and goes with the next build.
    const entries = (await readdir(cache)).filter((name) => !/\.(lock(\..*)?|work-.*)$/.test(name))
    assert.deepEqual(entries, [])

    const doctor = await runTool(['doctor', '--json'], { cwd, env })
    const { ready, checks } = JSON.parse(doctor.stdout)
    assert.deepEqual([doctor.code, ready], [3, false])
    const python = checks.find(({ subject }: { subject: string }) => subject === 'python3')
    assert.equal(python.state, 'missing')
    assert.match(python.costs, /^Kafka, /)
  })
})
