import assert from 'node:assert/strict'
import { once } from 'node:events'
import { appendFileSync, createWriteStream, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Counterexample } from '../proof/finding.ts'
import { CounterexampleEvents } from './counterexample-events.ts'
import { historyOf, LOST_EVENT, runDirectory, violatedRun } from './fixture/run-directory.ts'
import { readThrough } from './history-pass.ts'
import type { CounterexampleEvent } from './report.ts'
import { RunUnreadable } from './run-unreadable.ts'

const { scenarios, history } = violatedRun()
const counterexample = scenarios[0]?.violations[0]?.counterexample as Counterexample

async function around(file: string, of = counterexample): Promise<readonly CounterexampleEvent[]> {
  const events = new CounterexampleEvents([of])
  await readThrough(file, [events])
  return events.of(of)
}

async function historyFile(context: { after(clean: () => void): void }, events = history) {
  const directory = await runDirectory(scenarios, undefined, events)
  context.after(() => rmSync(directory, { recursive: true }))
  return join(directory, 'history.ndjson')
}

test('the counterexample is found with the faults, gates and processes around it, in order', async (context) => {
  const events = await around(await historyFile(context))
  assert.deepEqual(
    events.filter((each) => each.counterexample).map(({ event }) => event.seq),
    [3, 4, 9, 14],
  )
  const surroundings = events.filter((each) => !each.counterexample).map(({ event }) => event.kind)
  for (const kind of [
    'fault.injected',
    'fault.took-effect',
    'fault.healed',
    'gate.waiting',
    'proc',
    'k.record',
  ] as const) {
    assert.ok(surroundings.includes(kind), kind)
  }
  const seqs = events.map(({ event }) => event.seq)
  assert.deepEqual(
    seqs,
    [...seqs].sort((a, b) => a - b),
  )
})

test('events of another scenario or another key are not surroundings', async (context) => {
  const others = historyOf(
    [{ kind: 'fault.injected', fault: 'other', effect: '', target: 'x' }],
    'another',
  ).map((event) => ({ ...event, seq: 100 }))
  const file = await historyFile(context, [...history, ...others])
  const events = await around(file)
  assert.ok(events.every(({ event }) => event.scenario !== 'another'))
})

test('an unfinished last line is passed over, a damaged one in the middle is an error with its number', async (context) => {
  const file = await historyFile(context)
  appendFileSync(file, '{"seq":15,"at":9,"kind":"fault.ar')
  assert.equal((await around(file)).filter((each) => each.counterexample).length, 4)
  appendFileSync(file, '\n{"seq":16}\n')
  await assert.rejects(around(file), (error) => {
    assert.ok(error instanceof RunUnreadable)
    assert.match(error.detail.what, /line 15/)
    return true
  })
})

test('a missing history is an error that names it', async () => {
  await assert.rejects(around('/nowhere/history.ndjson'), RunUnreadable)
})

test('a history in the words of a former version is told in the words of this one', async (context) => {
  const file = await historyFile(context)
  const former = readFileSync(file, 'utf8')
    .replaceAll('"fault.injected"', '"fault.armed"')
    .replaceAll('"fault.took-effect"', '"fault.bitten"')
    .replaceAll('"fault.healed"', '"fault.cleared"')
  const now = await around(file)
  writeFileSync(file, former)
  assert.deepEqual(await around(file), now)
})

test('a long history is streamed: the surroundings stay few', async (context) => {
  const file = await historyFile(context, [])
  writeFileSync(file, '')
  const out = createWriteStream(file)
  for (let seq = 1; seq <= 100_000; seq++) {
    const [event] = historyOf([{ kind: 'gate.closed', gate: 'mark', key: seq % 2 ? 'order-7' : LOST_EVENT }])
    if (!out.write(`${JSON.stringify({ ...event, seq, at: seq })}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
  const far: Counterexample = { ...counterexample, events: [50_000, 50_001] }
  const events = await around(file, far)
  assert.equal(events.filter((each) => each.counterexample).length, 2)
  assert.ok(events.length <= 20)
})
