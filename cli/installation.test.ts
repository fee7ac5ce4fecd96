import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { ensureInstalled, isInstalled } from './installation.mjs'
import { isNewEnough } from './node-runtime.mjs'

/** An npm that notes each call and makes what `npm ci` makes. */
const NPM = `#!/bin/sh
echo call >> calls
rm -rf node_modules
mkdir -p node_modules
sleep 0.3
[ -e broken ] && { echo "npm error: no network" >&2; exit 1; }
cp package-lock.json node_modules/.package-lock.json
`

describe('the dependencies of a checkout', () => {
  let root = ''
  const { PATH, npm_execpath } = process.env
  const lockFile = (version: string) =>
    writeFile(
      join(root, 'package-lock.json'),
      JSON.stringify({ packages: { '': {}, 'node_modules/a': { version } } }),
    )

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'eventproof-install-'))
    await mkdir(join(root, 'bin'))
    await writeFile(join(root, 'bin', 'npm'), NPM)
    await chmod(join(root, 'bin', 'npm'), 0o755)
    await lockFile('1.0.0')
    process.env.PATH = `${join(root, 'bin')}:${PATH}`
    delete process.env.npm_execpath
  })

  afterEach(async () => {
    process.env.PATH = PATH
    if (npm_execpath !== undefined) process.env.npm_execpath = npm_execpath
    await rm(root, { recursive: true, force: true })
  })

  const calls = async () => (await readFile(join(root, 'calls'), 'utf8').catch(() => '')).length / 5

  it('are installed once, and again when the lock file changes', async () => {
    await ensureInstalled(root, () => {})
    await ensureInstalled(root, () => {})
    assert.equal(await calls(), 1)
    await lockFile('1.0.1')
    assert.equal(isInstalled(root), false)
    await ensureInstalled(root, () => {})
    assert.equal(await calls(), 2)
  })

  it('are installed once when two ask at the same time', async () => {
    await Promise.all([ensureInstalled(root, () => {}), ensureInstalled(root, () => {})])
    assert.equal(await calls(), 1)
    assert.deepEqual(await readdir(join(root, '.eventproof')), [])
  })

  it('are not installed again after an npm ci by hand', async () => {
    await mkdir(join(root, 'node_modules'))
    await writeFile(
      join(root, 'node_modules', '.package-lock.json'),
      await readFile(join(root, 'package-lock.json')),
    )
    await ensureInstalled(root, () => {})
    assert.equal(await calls(), 0)
  })

  it('are not taken for installed after a failure, which says why', async () => {
    await writeFile(join(root, 'broken'), '')
    await assert.rejects(
      ensureInstalled(root, () => {}),
      (error: { code?: string; detail?: { last?: string } }) =>
        error.code === 'EVENTPROOF_INSTALL_FAILED' && /no network/.test(error.detail?.last ?? ''),
    )
    assert.equal(isInstalled(root), false)
    assert.deepEqual(await readdir(join(root, '.eventproof')), [])
  })

  it('are installed although a dead process left its lock behind', async () => {
    await mkdir(join(root, '.eventproof'))
    await writeFile(join(root, '.eventproof', 'install.lock'), '4194304')
    await ensureInstalled(root, () => {})
    assert.equal(await calls(), 1)
  })
})

describe('a Node', () => {
  it('is new enough from the first that strips types silently and knows `using`', () => {
    assert.deepEqual(['20.20.2', '22.22.0', '24.2.0'].map(isNewEnough), [false, false, false])
    assert.deepEqual(['24.3.0', 'v24.21.0', '26.0.0'].map(isNewEnough), [true, true, true])
  })
})
