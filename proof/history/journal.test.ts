import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { systemClock } from '../../core/clock.ts'
import { DeadlinePassed } from '../../core/until.ts'
import { RunNotWritten } from '../run-not-written.ts'
import { Journal } from './journal.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'))
})
after(() => rm(folder, { recursive: true }))

const clock = systemClock()

test('events of two scenarios share one order, in memory and in the file', async () => {
  const file = join(folder, 'order.ndjson')
  {
    await using journal = await Journal.open(file, { clock })
    const a = journal.scenario('a')
    const b = journal.scenario('b')
    for (let i = 0; i < 1000; i++) (i % 2 ? a : b).record({ kind: 'note', text: `${i}` })
    assert.equal(journal.scenario('a'), a)
    assert.equal(a.events.length, 500)
    assert.equal(a.first('note', ({ text }) => text === '7')?.seq, 8)
  }
  const lines = (await readFile(file, 'utf8')).split('\n')
  assert.equal(lines.pop(), '')
  const events = lines.map((line) => JSON.parse(line))
  assert.deepEqual(
    events.map(({ seq }) => seq),
    Array.from({ length: 1000 }, (_, i) => i + 1),
  )
  assert.deepEqual(Object.keys(events[0]), ['seq', 'at', 'scenario', 'kind', 'text'])
})

test('a scenario that is let go of is in the file, and begins anew in memory', async () => {
  const file = join(folder, 'forgotten.ndjson')
  {
    await using journal = await Journal.open(file, { clock })
    journal.scenario('a').record({ kind: 'note', text: 'one' })
    journal.forget('a')
    assert.deepEqual(journal.scenario('a').events, [])
    assert.equal(journal.scenario('a').record({ kind: 'note', text: 'two' }).seq, 2)
  }
  assert.equal((await readFile(file, 'utf8')).trimEnd().split('\n').length, 2)
})

test('who subscribes to a scenario is told what is there already and what comes, until he leaves', async () => {
  await using journal = await Journal.open(join(folder, 'subscribed.ndjson'), { clock })
  const history = journal.scenario('a')
  const heard: string[] = []
  history.record({ kind: 'note', text: 'before' })
  {
    using _ = history.subscribe((event) => heard.push(event.kind === 'note' ? event.text : event.kind))
    history.record({ kind: 'note', text: 'after' })
    journal.scenario('b').record({ kind: 'note', text: 'of another scenario' })
  }
  history.record({ kind: 'note', text: 'too late' })
  assert.deepEqual(heard, ['before', 'after'])
})

test('who subscribes to the journal is told of every scenario, in one order', async () => {
  await using journal = await Journal.open(join(folder, 'all.ndjson'), { clock })
  const heard: string[] = []
  using _ = journal.subscribe(({ scenario, seq }) => heard.push(`${scenario} ${seq}`))
  for (const id of ['a', 'b', 'a']) journal.scenario(id).record({ kind: 'note', text: '' })
  assert.deepEqual(heard, ['a 1', 'b 2', 'a 3'])
})

test('a listener that throws keeps nobody from recording, and is told nothing more', async () => {
  await using journal = await Journal.open(join(folder, 'throwing.ndjson'), { clock })
  const history = journal.scenario('a')
  let [told, heard] = [0, 0]
  using _broken = history.subscribe(() => {
    told++
    throw new Error('not me')
  })
  using _whole = history.subscribe(() => heard++)
  for (const text of ['one', 'two']) history.record({ kind: 'note', text })
  assert.deepEqual([told, heard, history.events.length], [1, 2, 2])
})

test('waiting finds what is there already and what is still to come', async () => {
  await using journal = await Journal.open(join(folder, 'wait.ndjson'), { clock })
  const history = journal.scenario('a')
  history.record({ kind: 'note', text: 'early' })
  const options = { what: 'a note', deadline: 1000 }
  assert.equal((await history.waitFor('note', ({ text }) => text === 'early', options)).seq, 1)
  const late = history.waitFor('note', ({ text }) => text === 'late', options)
  history.record({ kind: 'note', text: 'late' })
  assert.equal((await late).seq, 2)
})

test('a wait that passes its deadline tells what was seen instead', async () => {
  await using journal = await Journal.open(join(folder, 'late.ndjson'), { clock })
  const history = journal.scenario('a')
  history.record({ kind: 'note', text: 'something else' })
  await assert.rejects(
    history.waitFor('note', () => false, { what: 'the right note', deadline: 20 }),
    (error: DeadlinePassed) =>
      error instanceof DeadlinePassed &&
      /the right note/.test(error.message) &&
      /something else/.test(error.detail.last ?? ''),
  )
})

test('a full disk is told once and at the end; the history stays in memory', async () => {
  const told: RunNotWritten[] = []
  const journal = await Journal.open('/dev/full', { clock, onError: (error) => told.push(error) })
  const history = journal.scenario('a')
  history.record({ kind: 'note', text: 'lost to the disk' })
  await assert.rejects(history.flush(), RunNotWritten)
  history.record({ kind: 'note', text: 'and after' })
  await assert.rejects(
    journal.close(),
    (error: RunNotWritten) => error.exitCode === 3 && /ENOSPC/.test(error.detail.what),
  )
  assert.equal(told.length, 1)
  assert.equal(history.events.length, 2)
})

test('a path that cannot be opened is an error of its own', async () => {
  await assert.rejects(Journal.open(join(folder, 'no', 'such.ndjson'), { clock }), RunNotWritten)
})

test('a line that the disk cuts is taken back', { skip: process.platform !== 'linux' }, async () => {
  const file = join(folder, 'cut.ndjson')
  const script = `
    import { Journal } from '${new URL('journal.ts', import.meta.url)}'
    import { systemClock } from '${new URL('../../core/clock.ts', import.meta.url)}'
    const journal = await Journal.open('${file}', { clock: systemClock() })
    const history = journal.scenario('a')
    for (let i = 0; i < 50; i++) history.record({ kind: 'note', text: 'x'.repeat(100) })
    await journal.close().catch((error) => { process.exitCode = error.exitCode })`
  // No file of this shell's children may grow beyond 1 KB.
  const limited = 'trap "" XFSZ; ulimit -f 1; exec "$0" --input-type=module-typescript -e "$1"'
  const { status, stderr } = spawnSync('bash', ['-c', limited, process.execPath, script], {
    encoding: 'utf8',
  })
  assert.equal(status, 3, stderr)
  const text = await readFile(file, 'utf8')
  const lines = text.split('\n')
  assert.equal(lines.pop(), '', 'the last line is whole')
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).seq),
    [1, 2, 3, 4, 5, 6],
  )
})

test('a subscriber hears every event of every scenario in order, until it has enough', async () => {
  await using journal = await Journal.open(join(folder, 'heard.ndjson'), { clock })
  const heard: number[] = []
  {
    using _ = journal.subscribe(({ seq }) => heard.push(seq))
    journal.scenario('a').record({ kind: 'note', text: 'one' })
    journal.scenario('b').record({ kind: 'note', text: 'two' })
  }
  journal.scenario('a').record({ kind: 'note', text: 'three' })
  assert.deepEqual(heard, [1, 2])
})
