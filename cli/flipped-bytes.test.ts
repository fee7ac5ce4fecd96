import assert from 'node:assert/strict'
import { copyFile, cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { EventproofError } from '../core/error.ts'
import { seededRandom } from '../core/random.ts'
import { readHistory } from '../proof/history/reader.ts'
import { judge } from '../proof/judge.ts'
import { RUN_FILES } from '../proof/run-files.ts'
import { runDirectory } from '../reports/fixture/run-directory.ts'
import { runRecord } from '../reports/fixture/scenario.ts'
import { KINDS } from '../reports/fixture/words.ts'
import { renderRun } from '../reports/render-run.ts'
import { verifyCommand } from './commands/verify.ts'
import type { Output } from './output.ts'

/** What a twin did on the real stack: VIOLATED, with an anti-pattern. */
const STORED = new URL('../scenarios/predicates/fixture/stored/two-domains.ndjson', import.meta.url)
const FLIPS = 200

describe('a run directory', () => {
  let sealed = ''
  let directory = ''

  before(async () => {
    const { scenarios } = await readHistory(fileURLToPath(STORED))
    // It was cut to what some predicates read: without the gaps that this left.
    const history = [...scenarios.values()].flat().map((event, n) => ({ ...event, seq: n + 1 }))
    sealed = await runDirectory([judge(history, KINDS)], runRecord({ selection: [] }), history)
    await renderRun(sealed, KINDS)
    directory = await mkdtemp(join(tmpdir(), 'eventproof-flipped-'))
  })
  after(async () => {
    for (const path of [sealed, directory]) await rm(path, { recursive: true, force: true })
  })

  const anew = () => cp(sealed, directory, { recursive: true })
  const restored = (file: string) => copyFile(join(sealed, file), join(directory, file))

  it('is as it was sealed, wherever it lies', async () => {
    await anew()
    const { code, said } = await verified(directory)
    assert.equal(code, 0, said)
    assert.match(said, /judged VIOLATED again/)
  })

  it(`betrays each of ${FLIPS} flipped bits, and names the file`, async () => {
    await anew()
    const random = seededRandom('flips')
    const files = await filesIn(sealed)
    const bytes = files.reduce((sum, { content }) => sum + content.length, 0)
    const hit = new Set<string>()
    for (let flip = 0; flip < FLIPS; flip++) {
      // Half of them anywhere, half in the files that would hardly be hit.
      const at = random.below(bytes)
      const { file, content } =
        flip % 2 === 0 ? fileAt(files, at) : (files[random.below(files.length)] ?? fileAt(files, at))
      const place = random.below(content.length)
      const flipped = Buffer.from(content)
      flipped[place] = (flipped[place] ?? 0) ^ (1 << random.below(8))
      await writeFile(join(directory, file), flipped)
      const { code, said } = await verified(directory)
      assert.equal(code, 1, `${file}, byte ${place}: ${said}`)
      assert.ok(said.includes(file), `${file}, byte ${place}: ${said}`)
      hit.add(file)
      await restored(file)
    }
    assert.deepEqual([...hit].sort(), files.map(({ file }) => file).sort())
    assert.equal((await verified(directory)).code, 0)
  })

  for (const { file } of [
    { file: RUN_FILES.run },
    { file: RUN_FILES.verdicts },
    { file: RUN_FILES.history },
    { file: RUN_FILES.manifest },
    { file: RUN_FILES.html },
  ])
    it(`that was cut in the middle of ${file} says which file, where, and that it was changed`, async () => {
      await anew()
      const { length } = await readFile(join(directory, file))
      await truncate(join(directory, file), Math.floor(length / 2))
      const { code, said } = await verified(directory)
      assert.equal(code, 1, said)
      assert.ok(said.includes(`${file} was changed since the run was sealed`), said)
    })

  it('that lost its manifest says so, and what to do', async () => {
    await anew()
    await rm(join(directory, RUN_FILES.manifest))
    const { code, said } = await verified(directory)
    assert.equal(code, 3)
    assert.match(said, /no manifest.*manifest\.json.*`eventproof report` writes it again/s)
  })
})

/** What `eventproof verify` says, and its exit code. */
async function verified(directory: string): Promise<{ readonly code: number; readonly said: string }> {
  const lines: string[] = []
  const output = { result: (text: string) => void lines.push(text) } as unknown as Output
  try {
    const code = await verifyCommand(directory, {}, { runs: directory, cwd: directory, output })
    return { code, said: lines.join('\n') }
  } catch (error) {
    assert.ok(error instanceof EventproofError, String(error))
    const { what, where, hint } = error.detail
    return { code: error.exitCode, said: [error.message, what, where, hint].join('\n') }
  }
}

interface Stored {
  readonly file: string
  readonly content: Buffer
}

async function filesIn(directory: string): Promise<readonly Stored[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      return { file: path.slice(directory.length + 1), content: await readFile(path) }
    }),
  )
}

function fileAt(files: readonly Stored[], at: number): Stored {
  let before = 0
  const found = files.find(({ content }) => {
    before += content.length
    return at < before
  })
  assert.ok(found)
  return found
}
