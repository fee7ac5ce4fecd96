import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runTool } from './tool.ts'

describe('a machine without Go, and without what is built with it', () => {
  let cwd = ''
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'eventproof-no-go-'))
    // Postgres may run as another user.
    await chmod(cwd, 0o755)
  })
  after(() => rm(cwd, { recursive: true, force: true }))

  it('is told that O1 is not proven, why, and how to get Go; nothing is started or obtained for it', async () => {
    const cache = join(cwd, 'cache')
    const env = { PATH: '/nowhere', EVENTPROOF_CACHE: cache }
    const { code, stdout } = await runTool(['prove', 'O1', '--json'], { cwd, env })
    const events = stdout.trimEnd().split('\n')
    const told = events.map((line) => JSON.parse(line))
    const result = told.at(-1)
    assert.deepEqual([code, result.type, result.verdict], [2, 'result', 'NOT-PROVEN'], stdout)
    assert.deepEqual(
      told.filter(({ type }) => type === 'component' || type === 'artifact'),
      [],
    )
    assert.deepEqual(await readdir(cache).catch(() => []), [])

    const verdicts = JSON.parse(await readFile(join(result.directory, 'verdicts.json'), 'utf8'))
    const { verdict, reason } = verdicts.controls.find(({ id }: { id: string }) => id === 'O1')
    assert.equal(verdict, 'NOT-PROVEN')
    assert.match(reason, /go is missing, for Kubernetes and KEDA .*install Go 1\.26 or later/)
    assert.match(await readFile(result.report, 'utf8'), /go is missing/)
  })
})
