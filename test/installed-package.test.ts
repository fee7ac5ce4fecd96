import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { installInto } from './installed-package.ts'
import { root } from './source-tree.ts'

const CONFIG = `import { defineConfig, type SubjectConfig } from 'eventproof'
const command: readonly string[] = ['./shop']
export default defineConfig({
  services: { shop: { command: [...command], ready: { tcp: true } } },
  publishers: {
    shop: {
      service: 'shop',
      relay: 'polling',
      command: { http: { method: 'POST', path: '/orders/{key}' } },
      state: { table: 'orders', id: 'id' },
      topic: 'order-events',
      eventId: { cloudEvent: 'id' },
    },
  },
}) satisfies SubjectConfig
`

describe('the package, installed', () => {
  let folder = ''
  /** A repository of another language: no package, and none above. */
  let elsewhere = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eventproof-installed-'))
    elsewhere = join(folder, 'elsewhere')
    await mkdir(elsewhere)
    await installInto(join(folder, 'project'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const run = (args: readonly string[], cwd = elsewhere) => {
    const bin = join(folder, 'project', 'node_modules', 'eventproof', 'cli', 'eventproof.mjs')
    return spawnSync(process.execPath, [bin, ...args], { cwd, encoding: 'utf8' })
  }

  it('has its commands, and says nothing that Node would say of it', () => {
    const { status, stdout, stderr } = run(['--help'])
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, /prove \[options\]/)
  })

  it('lints manifests of a folder that is no package', async () => {
    await cp(join(root, 'subjects', 'reference', 'k8s'), join(elsewhere, 'k8s'), { recursive: true })
    const files = (await readdir(join(elsewhere, 'k8s'))).map((name) => join('k8s', name))
    assert.equal(run(['lint', ...files]).status, 0)
  })

  for (const manifest of [undefined, '{ "type": "commonjs" }']) {
    it(`reads a config that imports it by name, beside ${manifest ?? 'no'} package.json`, async () => {
      const own = await mkdtemp(join(folder, 'config-'))
      await writeFile(join(own, 'eventproof.config.ts'), CONFIG)
      if (manifest !== undefined) await writeFile(join(own, 'package.json'), manifest)
      // The config is read before the selection is refused.
      const { status, stderr } = run(['prove', 'nothing-of-that-name'], own)
      assert.equal(status, 64)
      assert.match(stderr, /^✗ nothing is called nothing-of-that-name/)
    })
  }

  it('names the package that the shipped consumers need, before anything is started', () => {
    const { status, stdout } = run(['prove', 'C1', '--json'])
    const error = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    assert.deepEqual([status, error.code], [3, 'EVENTPROOF_PACKAGE_MISSING'])
    assert.match(error.hint, /^npm install --save-dev @platformatic\/kafka@\d/)
  })

  it('names the package that a twin needs', () => {
    const { status, stderr } = run(['prove', 'P1', '--twin', 'overlapping-sends'])
    assert.equal(status, 3)
    assert.match(stderr, /npm install --save-dev platformatic-kafka-1@npm:@platformatic\/kafka@1/)
  })
})
