import assert from 'node:assert/strict'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileLines } from './file-lines.ts'

const folder = await mkdtemp(join(tmpdir(), 'eventproof-lines-test-'))
test.after(() => rm(folder, { recursive: true }))

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const seen: string[] = []
  for await (const line of lines) seen.push(line)
  return seen
}

test('what is there now ends with the file, also in the middle of a line', async () => {
  const path = join(folder, 'now.log')
  assert.deepEqual(await all(fileLines(path)), [])
  await writeFile(path, `first\n${'é'.repeat(40_000)}\nlast`)
  assert.deepEqual(await all(fileLines(path)), ['first', 'é'.repeat(40_000), 'last'])
})

test('what comes later is told until nobody wants to hear more', async () => {
  const path = join(folder, 'later.log')
  const enough = new AbortController()
  const seen: string[] = []
  const reading = (async () => {
    for await (const line of fileLines(path, enough.signal)) {
      seen.push(line)
      if (line === 'one') await appendFile(path, 'two\nthree\n')
      if (line === 'three') enough.abort()
    }
  })()
  await appendFile(path, 'one\n')
  await reading
  assert.deepEqual(seen, ['one', 'two', 'three'])
})
