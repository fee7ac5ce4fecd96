import assert from 'node:assert/strict'
import { readdir, stat } from 'node:fs/promises'
import { test } from 'node:test'
import reference from '../../eventproof.config.ts'
import { parseConfig } from '../contract/schema.ts'
import { TWINS, twinNamed } from './catalogue.ts'

const root = new URL('../../', import.meta.url)

test('every mutant and benign variant of the notes is there, once', () => {
  const broken = Array.from({ length: 26 }, (_, i) => `O${i + 1}`)
  const benign = [1, 2, 3, 4, 5, 6, 12, 18, 19, 20, 21, 24, 25].map((number) => `B${number}`)
  assert.deepEqual(
    TWINS.map(({ mutant }) => mutant),
    [...broken, ...benign],
  )
  assert.equal(new Set(TWINS.map(({ name }) => name)).size, TWINS.length)
})

test('benign ones must be HELD, the others get a violation', () => {
  for (const { mutant, expected } of TWINS) assert.equal(expected === 'HELD', mutant.startsWith('B'), mutant)
})

for (const twin of TWINS) {
  test(`${twin.name} is a valid config whose files exist`, async () => {
    const config = parseConfig(twin.config(reference), twin.name)
    const [publisher] = Object.values(config.publishers ?? {})
    assert.equal(Object.keys(config.publishers ?? {}).length, 1)
    assert.equal(typeof publisher?.relay === 'string' ? 'polling' : 'debezium', twin.relay)
    for (const { command, migrations = [] } of Object.values(config.services)) {
      const files = [...command.slice(1), ...migrations].filter(
        (file) => !file.startsWith('--') && !file.includes('*'),
      )
      for (const file of files) assert.ok((await stat(new URL(file, root))).isFile(), file)
    }
    assert.ok(twin.windows.length > 0)
    assert.notDeepEqual(config, reference)
  })
}

test('no file of a twin is left without an entry', async () => {
  const used = TWINS.flatMap((twin) =>
    Object.values(twin.config(reference).services).flatMap(({ command }) => command),
  )
  for (const folder of ['orders', 'relays']) {
    for (const file of await readdir(new URL(folder, import.meta.url))) {
      if (file === 'exits-on-failure.ts') continue // started by supervised.ts
      assert.ok(used.includes(`subjects/twins/${folder}/${file}`), `${folder}/${file}`)
    }
  }
})

test('twins are found by name', () => {
  assert.equal(twinNamed('no-key')?.mutant, 'O17')
  assert.equal(twinNamed('nobody'), undefined)
})
