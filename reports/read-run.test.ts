import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { goodScenarios, runDirectory } from './fixture/run-directory.ts'
import { readRun } from './read-run.ts'
import { RunUnreadable } from './run-unreadable.ts'

const CASES: readonly [string, (directory: string) => void, RegExp][] = [
  ['a missing file', (at) => rmSync(join(at, 'verdicts.json')), /verdicts\.json can't be read/],
  [
    'half a file',
    (at) => writeFileSync(join(at, 'run.json'), readFileSync(join(at, 'run.json')).subarray(0, 200)),
    /run\.json is damaged/,
  ],
  ['another schema', (at) => edited(at, 'verdicts.json', (content) => ({ ...content, schema: 2 })), /schema/],
  [
    'a field of another type',
    (at) => edited(at, 'run.json', (content) => ({ ...content, selection: 'P1' })),
    /selection/,
  ],
  [
    'verdicts of another run',
    (at) => edited(at, 'verdicts.json', (content) => ({ ...content, run: 'other' })),
    /mixes two runs/,
  ],
]

for (const [name, damage, says] of CASES) {
  test(`${name} is a clear error that names the file`, async (context) => {
    const directory = await runDirectory(goodScenarios())
    context.after(() => rmSync(directory, { recursive: true }))
    damage(directory)
    await assert.rejects(readRun(directory), (error) => {
      assert.ok(error instanceof RunUnreadable)
      assert.equal(error.code, 'EVENTPROOF_RUN_UNREADABLE')
      assert.match(`${error.message} ${error.detail.what} ${error.detail.where}`, says)
      return true
    })
  })
}

test('a directory that is none', async () => {
  await assert.rejects(readRun('/nowhere/at/all'), RunUnreadable)
})

test('a run is read as it was written', async (context) => {
  const scenarios = goodScenarios()
  const directory = await runDirectory(scenarios)
  context.after(() => rmSync(directory, { recursive: true }))
  const run = await readRun(directory)
  assert.equal(run.verdicts.verdict, 'HELD')
  assert.deepEqual(run.verdicts.scenarios, scenarios)
})

function edited(directory: string, name: string, change: (content: object) => object): void {
  const path = join(directory, name)
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))))
}
