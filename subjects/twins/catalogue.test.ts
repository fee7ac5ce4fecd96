import assert from 'node:assert/strict'
import { readdir, stat } from 'node:fs/promises'
import { test } from 'node:test'
import reference from '../../eventproof.config.ts'
import manifest from '../../package.json' with { type: 'json' }
import { declaredIn, SECTIONS } from '../../scenarios/config.ts'
import { ANTI_PATTERNS } from '../../scenarios/observation.ts'
import { importsOf } from '../../test/source-tree.ts'
import { parseConfig } from '../contract/parse-config.ts'
import { TWINS, twinNamed } from './catalogue.ts'

const root = new URL('../../', import.meta.url)

test('every mutant and benign variant of the notes is there, once', () => {
  const upTo = (letter: string, last: number) => Array.from({ length: last }, (_, i) => `${letter}${i + 1}`)
  const numbers = TWINS.map(({ mutant }) => mutant)
  const some = [
    ...upTo('O', 27),
    'O33',
    'O40',
    ...upTo('C', 27),
    'C31',
    ...upTo('D', 27),
    ...upTo('S', 8),
    'K1',
    'K2',
    ...upTo('E', 6),
    ...upTo('T', 6),
    ...upTo('L', 9),
  ]
  const benign = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
    30, 31, 40, 41, 42, 95, 96, 97, 98,
  ].map((n) => `B${n}`)
  for (const number of [...some, ...benign]) assert.ok(numbers.includes(number as never), number)
  assert.equal(new Set(numbers).size, numbers.length)
  assert.equal(new Set(TWINS.map(({ name }) => name)).size, TWINS.length)
})

test('benign ones must be HELD, the others get a violation', () => {
  for (const { mutant, expected } of TWINS)
    assert.equal(/^(HELD|VACUOUS)$/.test(expected), /^[AB]/.test(mutant) || expected === 'VACUOUS', mutant)
})

test('each anti-pattern has a twin in which it must be found', () => {
  const named = TWINS.flatMap(({ antiPattern }) => antiPattern ?? []).sort()
  assert.deepEqual(named, ANTI_PATTERNS.map(({ id }) => id).sort())
  for (const { mutant, antiPattern } of TWINS) assert.ok(!mutant.startsWith('A') || antiPattern, mutant)
})

for (const twin of TWINS) {
  test(`${twin.name} is a valid config whose files exist`, async () => {
    const config = declaredIn(parseConfig(twin.config(reference), twin.name, SECTIONS))
    const publishers = Object.values(config.publishers ?? {})
    const subjects = [config.publishers, config.consumers, config.schemas].flatMap((one) =>
      Object.keys(one ?? {}),
    )
    assert.equal(subjects.length, 1)
    for (const { relay } of publishers)
      assert.equal(typeof relay === 'string' ? 'polling' : 'debezium', twin.relay)
    for (const { command = [], migrations = [] } of Object.values(config.services)) {
      const files = [...command.slice(1), ...migrations].filter(
        (file) => !file.startsWith('--') && !file.includes('*'),
      )
      for (const file of files) assert.ok((await stat(new URL(file, root))).isFile(), file)
    }
    assert.ok(twin.windows.length > 0)
    assert.notDeepEqual(config, reference)
  })
}

test('each names the optional packages that its own files import', () => {
  // What the reference itself is written with is asked for anyway.
  const ofReference = ['@platformatic/kafka', 'prom-client']
  const optional = Object.keys(manifest.peerDependencies).filter((name) => !ofReference.includes(name))
  for (const twin of TWINS) {
    const files = Object.values(twin.config(reference).services).flatMap(({ command = [] }) =>
      command.filter((word) => word.startsWith('subjects/')),
    )
    const imported = files.flatMap(importsOf).filter((name) => optional.includes(name))
    assert.deepEqual(imported, twin.packages ?? [], twin.name)
  }
})

test('no file of a twin is left without an entry', async () => {
  const used = TWINS.flatMap((twin) =>
    Object.values(twin.config(reference).services).flatMap(({ command }) => command),
  )
  for (const folder of ['orders', 'relays', 'consumers', 'retries', 'scaling', 'schemas', 'monitoring']) {
    const files = await readdir(new URL(folder, import.meta.url))
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      if (file === 'exits-on-failure.ts') continue // started by supervised.ts
      assert.ok(used.includes(`subjects/twins/${folder}/${file}`), `${folder}/${file}`)
    }
  }
})

test('no manifest of a twin is left without an entry', async () => {
  const used = TWINS.flatMap((twin) =>
    Object.values(twin.config(reference).scaling ?? {}).flatMap(({ manifests }) => manifests),
  )
  const files = await readdir(new URL('scaling', import.meta.url))
  for (const file of files.filter((name) => name.endsWith('.yaml')))
    assert.ok(used.includes(`subjects/twins/scaling/${file}`), file)
  for (const file of used) assert.ok((await stat(new URL(file, root))).isFile(), file)
})

test('no rule file of a twin is left without an entry', async () => {
  const used = TWINS.flatMap((twin) =>
    Object.values(twin.config(reference).monitoring ?? {}).flatMap(({ lag, letters, outbox, slot }) =>
      [lag, letters, outbox, slot].flatMap((one) => one?.alert?.rules ?? []),
    ),
  )
  const files = await readdir(new URL('monitoring', import.meta.url))
  for (const file of files.filter((name) => name.endsWith('.yml')))
    assert.ok(used.includes(`subjects/twins/monitoring/${file}`), file)
  for (const file of used) assert.ok((await stat(new URL(file, root))).isFile(), file)
})

test('twins are found by name', () => {
  assert.equal(twinNamed('no-key')?.mutant, 'O17')
  assert.equal(twinNamed('nobody'), undefined)
})
