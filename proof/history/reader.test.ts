import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { heldScenario } from '../../scenarios/publishing/fixture/held-scenario.ts'
import { HistoryDamaged, readHistory } from './reader.ts'
import { historySchema } from './schema.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reader-'))
})
after(() => rm(folder, { recursive: true }))

const events = heldScenario().end()
const lines = events.map((event) => JSON.stringify(event))

async function stored(text: string): Promise<string> {
  const file = join(folder, 'history.ndjson')
  await writeFile(file, text)
  return file
}

test('what was written is read again', async () => {
  const history = await readHistory(await stored(`${lines.join('\n')}\n`))
  assert.deepEqual(history.scenarios.get('w5'), events)
  assert.deepEqual(history.gaps, [])
})

test('a fact may be as large as it is', async () => {
  const fact = { seq: 1, at: 0, scenario: 'a', kind: 'fact', name: 'schema.id', subject: '1' }
  for (const value of [7, 'text', null, { id: 1, subjects: ['orders-value'] }, [1]])
    assert.equal((await readHistory(await stored(`${JSON.stringify({ ...fact, value })}\n`))).events, 1)
})

test('lines that span chunks are whole', async () => {
  const text = 'ü'.repeat(700_000)
  const long = [1, 2, 3].map((seq) => JSON.stringify({ seq, at: 0, scenario: 'a', kind: 'note', text }))
  const history = await readHistory(await stored(`${long.join('\n')}\n`))
  assert.equal(history.events, 3)
  assert.ok(history.scenarios.get('a')?.every((event) => event.kind === 'note' && event.text === text))
})

test('a last line that was cut is a gap, and so are missing lines', async () => {
  const cut = await readHistory(await stored(`${lines.slice(0, 5).join('\n')}\n${lines[5]?.slice(0, 20)}`))
  assert.equal(cut.events, 5)
  assert.deepEqual(
    cut.gaps.map(({ line }) => line),
    [6],
  )
  const missing = await readHistory(await stored(`${[lines[0], lines[1], lines[4]].join('\n')}\n`))
  assert.match(missing.gaps[0]?.says ?? '', /events 3 to 4 are missing/)
})

for (const [what, line, says] of [
  ['text', 'not json', /JSON/],
  ['a list', '[]', /no kind/],
  ['an unknown kind', '{"seq":2,"at":0,"scenario":"a","kind":"k.rekord"}', /k\.rekord/],
  [
    'a field of another type',
    '{"seq":2,"at":0,"scenario":"a","kind":"pg.flushed","lsn":"7"}',
    /lsn as number/,
  ],
  ['a missing field', '{"seq":2,"at":0,"scenario":"a","kind":"note"}', /needs text/],
  ['an event twice', lines[0] ?? '', /seq 1 comes after 1/],
] as const) {
  test(`${what} is told with file and line`, async () => {
    const file = await stored(`${lines[0]}\n${line}\n${lines[2]}\n`)
    await assert.rejects(
      readHistory(file),
      (error: HistoryDamaged) =>
        error instanceof HistoryDamaged && error.detail.where === `${file}:2` && says.test(error.detail.what),
    )
  })
}

test('the committed schema is that of the code', async () => {
  const committed = await readFile(new URL('history.schema.json', import.meta.url), 'utf8')
  assert.deepEqual(JSON.parse(committed), historySchema())
})
