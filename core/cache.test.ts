import assert from 'node:assert/strict'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { Cache, CacheCorrupted, type Recipe } from './cache.ts'
import { cacheFolder, closedFolderAbove } from './cache-folder.mjs'
import type { ProgressEvent } from './progress.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'eventproof-cache-test-'))
})
afterEach(() => rm(root, { recursive: true }))

function counting(build?: (into: string, times: number) => Promise<void>): Recipe & { times: number } {
  return {
    name: 'thing',
    version: '1',
    inputs: ['a'],
    times: 0,
    async build(into) {
      this.times++
      await mkdir(join(into, 'deep'))
      await writeFile(join(into, 'deep', 'file'), 'content')
      await build?.(into, this.times)
    },
  }
}

test('what was built is there, and is built once', async () => {
  const recipe = counting()
  const content = await new Cache(root).obtain(recipe)
  assert.equal(await readFile(join(content, 'deep', 'file'), 'utf8'), 'content')
  assert.equal(await new Cache(root).obtain(recipe), content)
  assert.equal(recipe.times, 1)
  assert.deepEqual(await new Cache(root).inspect(recipe, 'hashes'), { state: 'present', bytes: 7 })
})

test('another recipe is another entry', async () => {
  const cache = new Cache(root)
  assert.notEqual(cache.folderOf(counting()), cache.folderOf({ ...counting(), inputs: ['b'] }))
})

test('an interrupted build leaves no entry, and its rests go with the next one', async () => {
  const recipe = counting(async (_into, times) => {
    if (times === 1) throw new Error('no network')
  })
  const cache = new Cache(root)
  await assert.rejects(cache.obtain(recipe), { message: 'no network' })
  assert.equal((await cache.inspect(recipe)).state, 'absent')
  // What a killed build leaves: a work folder without a manifest.
  await mkdir(`${cache.folderOf(recipe)}.work-killed/content`, { recursive: true })
  const claim = `${cache.folderOf(recipe)}.lock.killed`
  await writeFile(claim, '')
  await utimes(claim, 0, 0)
  await cache.obtain(recipe)
  assert.deepEqual(await readdir(root), [cache.folderOf(recipe).slice(root.length + 1)])
})

test('two builders build once', async () => {
  const begun = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const recipe = counting(() => {
    begun.resolve()
    return goOn.promise
  })
  const first = new Cache(root).obtain(recipe)
  await begun.promise
  const second = new Cache(root).obtain(recipe)
  goOn.resolve()
  await Promise.all([first, second])
  assert.equal(recipe.times, 1)
})

test('a damaged entry is built anew, and that is said', async () => {
  const said: ProgressEvent[] = []
  const cache = new Cache(root, (event) => said.push(event))
  const recipe = counting()
  const content = await cache.obtain(recipe)
  await appendFile(join(content, 'deep', 'file'), '!')
  assert.equal((await cache.inspect(recipe)).state, 'corrupted')
  await cache.obtain(recipe)
  assert.equal(await readFile(join(content, 'deep', 'file'), 'utf8'), 'content')
  const notes = said.filter((event) => event.type === 'note').map(({ text }) => text)
  assert.deepEqual(notes, [
    'the cached thing 1 is damaged (deep/file has 8 bytes instead of 7): it is built anew',
  ])
})

test('a damaged entry that cannot be built anew is an error with both causes', async () => {
  const recipe = counting(async (_into, times) => {
    if (times > 1) throw new Error('no network')
  })
  const cache = new Cache(root)
  await rm(join(await cache.obtain(recipe), 'deep', 'file'))
  await assert.rejects(cache.obtain(recipe), (error) => {
    assert.ok(error instanceof CacheCorrupted)
    assert.match(error.detail.what, /deep\/file is missing/)
    assert.equal((error.cause as Error).message, 'no network')
    return true
  })
})

test('changed bytes of the same size are found by their hash', async () => {
  const cache = new Cache(root)
  const recipe = counting()
  await writeFile(join(await cache.obtain(recipe), 'deep', 'file'), 'CONTENT')
  assert.equal((await cache.inspect(recipe)).state, 'present')
  const thorough = await cache.inspect(recipe, 'hashes')
  assert.deepEqual(thorough, { state: 'corrupted', damage: 'deep/file has another sha256' })
})

test('the folder is the one asked for, else the user’s, unless nobody could reach it', async () => {
  assert.equal(cacheFolder({ EVENTPROOF_CACHE: '/x/y' }, false), '/x/y')
  assert.equal(cacheFolder({ HOME: '/home/a' }, false), '/home/a/.cache/eventproof')
  assert.equal(cacheFolder({ HOME: '/home/a', XDG_CACHE_HOME: '/c' }, false), '/c/eventproof')
  const closed = join(root, 'closed')
  await mkdir(closed, { mode: 0o700 })
  assert.equal(cacheFolder({ HOME: closed }, true), '/var/cache/eventproof')
  assert.equal(closedFolderAbove(join(closed, 'below')), closed)
})
