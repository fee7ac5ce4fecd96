import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { SECTIONS } from '../../scenarios/config.ts'
import { ConfigInvalid } from './config-invalid.ts'
import { loadConfig } from './load.ts'
import { parseConfig } from './parse-config.ts'

const valid = {
  services: { shop: { command: ['./shop'], ready: { tcp: true } } },
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
}

async function load(content: string | undefined) {
  const folder = await mkdtemp(join(tmpdir(), 'eventproof-config-'))
  const path = join(folder, 'eventproof.config.mjs')
  try {
    if (content !== undefined) await writeFile(path, content)
    return { folder, path, loaded: await loadConfig(path, SECTIONS) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('a config file is read, with its folder and hash', async () => {
  const { folder, path, loaded } = await load(`export default ${JSON.stringify(valid)}`)
  assert.deepEqual(loaded.config, valid)
  assert.equal(loaded.path, path)
  assert.equal(loaded.folder, folder)
  assert.match(loaded.sha256, /^[0-9a-f]{64}$/)
})

test('a config far from any package imports us by name, and gets this very copy', async () => {
  const { loaded } = await load(`import { defineConfig, parseConfig } from 'eventproof'
globalThis.parsedBy = parseConfig
export default defineConfig(${JSON.stringify(valid)})`)
  assert.deepEqual(loaded.config, valid)
  assert.equal((globalThis as { parsedBy?: unknown }).parsedBy, parseConfig)
})

const bad: readonly [what: string, content: string | undefined, says: RegExp][] = [
  ['a missing file', undefined, /there is no config file/],
  ['a syntax error', 'export default {', /can not be run/],
  ['an import that fails', "import 'no-such-package'\nexport default {}", /can not be run/],
  ['no default export', 'export const config = {}', /exports nothing/],
  ['a wrong field', 'export default { services: {} }', /not valid: publishers/],
]

for (const [what, content, says] of bad) {
  test(`${what} is told with the file's path`, async () => {
    await assert.rejects(load(content), (error) => {
      assert.ok(error instanceof ConfigInvalid, String(error))
      assert.match(error.message, says)
      assert.match(error.detail.where ?? '', /eventproof\.config\.mjs$/)
      return true
    })
  })
}
