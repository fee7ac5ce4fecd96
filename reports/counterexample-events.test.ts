import assert from 'node:assert/strict'
import { once } from 'node:events'
import { appendFileSync, createWriteStream, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Witness } from '../proof/finding.ts'
import { historyOf, LOST_EVENT, runDirectory, violatedRun } from './fixture/run-directory.ts'
import { RunUnreadable } from './run-unreadable.ts'
import { witnessEvents } from './counterexample-events.ts'

const { scenarios, history } = violatedRun()
const witness = scenarios[0]?.violations[0]?.witness as Witness

async function historyFile(context: { after(clean: () => void): void }, events = history) {
  const directory = await runDirectory(scenarios, undefined, events)
  context.after(() => rmSync(directory, { recursive: true }))
  return join(directory, 'history.ndjson')
}

test('the witness is found with the faults, gates and processes around it, in order', async (context) => {
  const events = (await witnessEvents(await historyFile(context), [witness])).get(witness) ?? []
  assert.deepEqual(
    events.filter((each) => each.witness).map(({ event }) => event.seq),
    [3, 4, 9, 14],
  )
  const around = events.filter((each) => !each.witness).map(({ event }) => event.kind)
  for (const kind of [
    'fault.armed',
    'fault.bitten',
    'fault.cleared',
    'gate.waiting',
    'proc',
    'k.record',
  ] as const) {
    assert.ok(around.includes(kind), kind)
  }
  const seqs = events.map(({ event }) => event.seq)
  assert.deepEqual(
    seqs,
    [...seqs].sort((a, b) => a - b),
  )
})

test('events of another scenario or another key are not surroundings', async (context) => {
  const others = historyOf([{ kind: 'fault.armed', fault: 'other', effect: '', target: 'x' }], 'another').map(
    (event) => ({ ...event, seq: 100 }),
  )
  const file = await historyFile(context, [...history, ...others])
  const events = (await witnessEvents(file, [witness])).get(witness) ?? []
  assert.ok(events.every(({ event }) => event.scenario !== 'another'))
})

test('an unfinished last line is passed over, a damaged one in the middle is an error with its number', async (context) => {
  const file = await historyFile(context)
  appendFileSync(file, '{"seq":15,"at":9,"kind":"fault.ar')
  assert.equal((await witnessEvents(file, [witness])).get(witness)?.filter((each) => each.witness).length, 4)
  appendFileSync(file, '\n{"seq":16}\n')
  await assert.rejects(witnessEvents(file, [witness]), (error) => {
    assert.ok(error instanceof RunUnreadable)
    assert.match(error.detail.what, /line 15/)
    return true
  })
})

test('a missing history matters only where a witness needs it', async () => {
  await assert.rejects(witnessEvents('/nowhere/history.ndjson', [witness]), RunUnreadable)
  assert.equal((await witnessEvents('/nowhere/history.ndjson', [])).size, 0)
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
  const far: Witness = { ...witness, events: [50_000, 50_001] }
  const events = (await witnessEvents(file, [far])).get(far) ?? []
  assert.equal(events.filter((each) => each.witness).length, 2)
  assert.ok(events.length <= 20)
})
