import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import manifest from '../package.json' with { type: 'json' }
import { lackOf, type OptionalPackage, optionalPackage, requirePackage } from './optional-package.ts'

const names = Object.keys(manifest.peerDependencies) as OptionalPackage[]
/** A module in a folder that has no packages. */
const elsewhere = 'file:///nowhere/module.ts'

describe('an optional package', () => {
  it('is there in a checkout, and can be absent elsewhere', () => {
    for (const name of names)
      assert.deepEqual([lackOf(name), lackOf(name, elsewhere)], [undefined, 'is not installed'], name)
  })

  it('of another major version is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'eventproof-optional-'))
    const own = join(folder, 'node_modules', 'testcontainers')
    await mkdir(own, { recursive: true })
    await writeFile(join(own, 'package.json'), '{ "name": "testcontainers", "version": "3.1.4" }')
    const from = pathToFileURL(join(folder, 'module.ts')).href
    assert.match(lackOf('testcontainers', from) ?? '', /^is installed as 3\.1\.4, and \d+\.x is needed$/)
    await rm(folder, { recursive: true })
  })

  it('is not installed by npm, and known by its exact version', () => {
    for (const name of names) {
      assert.deepEqual(manifest.peerDependenciesMeta[name], { optional: true })
      assert.match(manifest.devDependencies[name], /^(npm:.*@)?\d+\.\d+\.\d+$/)
    }
  })

  it('that is absent is told with what it is for, and how to install it', () => {
    assert.throws(() => requirePackage('testcontainers', 'containers are run with it', elsewhere), {
      code: 'EVENTPROOF_PACKAGE_MISSING',
      exitCode: 3,
      detail: {
        what: 'containers are run with it; it does not come with eventproof, since few need it',
        hint: `npm install --save-dev testcontainers@${manifest.devDependencies.testcontainers}   beside eventproof`,
      },
    })
  })

  it('that is there is loaded, and its own failure is its own', async () => {
    assert.equal(await optionalPackage('testcontainers', '', async () => 7), 7)
    const broken = optionalPackage('testcontainers', '', () => Promise.reject(new Error('its own')))
    await assert.rejects(broken, /its own/)
  })
})
