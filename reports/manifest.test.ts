import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { goodScenarios, runDirectory } from './fixture/run-directory.ts'
import { verifyManifest, writeManifest } from './manifest.ts'
import { RunUnreadable } from './run-unreadable.ts'

async function sealed(context: { after(clean: () => void): void }) {
  const directory = await runDirectory(goodScenarios().slice(0, 1))
  context.after(() => rmSync(directory, { recursive: true }))
  return { directory, manifest: await writeManifest(directory) }
}

test('a sealed directory has no differences, its logs included', async (context) => {
  const { directory, manifest } = await sealed(context)
  assert.deepEqual(await verifyManifest(directory), [])
  const paths = manifest.files.map((file) => file.path)
  assert.deepEqual(paths, ['history.ndjson', 'logs/kafka.log', 'run.json', 'verdicts.json'])
})

test('the root is the hash of the sorted lines, so that anyone can compute it with sha256sum', async (context) => {
  const { directory, manifest } = await sealed(context)
  const hash = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
  const lines = ['history.ndjson', 'logs/kafka.log', 'run.json', 'verdicts.json'].map(
    (path) => `${hash(readFileSync(join(directory, path)))}  ${path}\n`,
  )
  assert.equal(manifest.root, hash(lines.join('')))
})

test('any flipped byte is found, in every file and everywhere in the manifest', async (context) => {
  const { directory } = await sealed(context)
  const files = ['run.json', 'verdicts.json', 'logs/kafka.log', 'manifest.json']
  for (const path of files) {
    const full = join(directory, path)
    const original = readFileSync(full)
    const step = Math.max(1, Math.floor(original.length / 40))
    for (let at = 0; at < original.length; at += step) {
      const mutated = Buffer.from(original)
      mutated[at] = (mutated[at] ?? 0) ^ 1
      writeFileSync(full, mutated)
      const found = await verifyManifest(directory)
      assert.ok(found.length > 0, `${path} at ${at}`)
      if (path !== 'manifest.json') assert.deepEqual(found, [{ path, kind: 'changed' }])
    }
    writeFileSync(full, original)
  }
  assert.deepEqual(await verifyManifest(directory), [])
})

test('lost and added files are named, and a link is never followed', async (context) => {
  const { directory } = await sealed(context)
  rmSync(join(directory, 'logs/kafka.log'))
  symlinkSync('/etc/hostname', join(directory, 'logs/z-link'))
  assert.deepEqual(await verifyManifest(directory), [
    { path: 'logs/kafka.log', kind: 'missing' },
    { path: 'logs/z-link', kind: 'added' },
  ])
})

test('a manifest that lists a file outside opens nothing outside', async (context) => {
  const { directory } = await sealed(context)
  const outside = { schema: 1, root: '', evidence: '', files: [{ path: '../../etc/hostname', sha256: 'x' }] }
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify(outside))
  const found = await verifyManifest(directory)
  assert.ok(found.some(({ path, kind }) => path === '../../etc/hostname' && kind === 'missing'))
})

test('a directory without a manifest says so', async (context) => {
  const { directory } = await sealed(context)
  rmSync(join(directory, 'manifest.json'))
  await assert.rejects(verifyManifest(directory), RunUnreadable)
})

test('nothing unfinished is left behind', async (context) => {
  const { directory } = await sealed(context)
  assert.ok(readdirSync(directory).every((name) => !name.endsWith('.unfinished')))
})
