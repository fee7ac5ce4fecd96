import assert from 'node:assert/strict'
import { test } from 'node:test'
import { historyOf, violatedRun } from './fixture/run-directory.ts'
import { laneOf } from './lanes.ts'
import { panels } from './publishing/panels.ts'
import { lsn, tell } from './telling.ts'
import { timeline } from './timeline.ts'

const LANES = panels.lanes
const { history } = violatedRun()
const counterexample = new Set([3, 4, 9, 14])
const events = history.slice(1).map((event) => ({ event, counterexample: counterexample.has(event.seq) }))

function numbers(svg: string, pattern: RegExp): number[] {
  return [...svg.matchAll(pattern)].map((match) => Number(match[1]))
}

test('each event has a row of its own, in order, so no two labels can overlap', () => {
  const rows = numbers(timeline(events, 'title', LANES).markup, /<circle cx="\d+" cy="(\d+)"/g)
  assert.equal(rows.length, events.length)
  for (const [index, row] of rows.entries()) if (index > 0) assert.ok(row - (rows[index - 1] ?? 0) >= 20)
})

test('a fault shades exactly the rows from its injection to its healing', () => {
  const svg = timeline(events, 'title', LANES).markup
  const [band] = [...svg.matchAll(/<rect x="0" y="(\d+)" width="\d+" height="(\d+)"/g)]
  const rows = numbers(svg, /<circle cx="\d+" cy="(\d+)"/g)
  const inside = rows.filter((row) => row > Number(band?.[1]) && row < Number(band?.[1]) + Number(band?.[2]))
  const healed = events.findIndex(({ event }) => event.kind === 'fault.healed')
  assert.equal(inside.length, healed + 1)
})

test('a fault that was never healed shades to the end, one that was injected before the start from the start', () => {
  const link = { fault: 'cut', target: 'relay → kafka' }
  const only = (kind: 'injected' | 'healed') =>
    historyOf([
      { kind: 'op.ok', op: 'c', status: 201 },
      kind === 'injected'
        ? { kind: 'fault.injected', ...link, effect: '' }
        : { kind: 'fault.healed', ...link, verified: true },
      { kind: 'op.ok', op: 'd', status: 201 },
    ]).map((event) => ({ event, counterexample: false }))
  const [toTheEnd] = numbers(timeline(only('injected'), '', LANES).markup, /<rect [^>]*height="(\d+)"/g)
  const [fromTheStart] = numbers(timeline(only('healed'), '', LANES).markup, /<rect [^>]*height="(\d+)"/g)
  assert.equal(toTheEnd, 60)
  assert.equal(fromTheStart, 60)
})

test('every lane has its events', () => {
  const lanes = new Set(history.map((event) => laneOf(event, LANES)))
  for (const lane of ['client', 'database', 'relay', 'broker', 'fault'] as const)
    assert.ok(lanes.has(lane), lane)
})

test('long labels are cut and keep their whole text as a title', () => {
  const note = historyOf([{ kind: 'note', text: `${'한'.repeat(200)}the end` }]).map((event) => ({
    event,
    counterexample: true,
  }))
  const svg = timeline(note, 't', LANES).markup
  assert.match(svg, />한{30,40}…</)
  assert.match(svg, /the end<\/title>/)
})

test('positions are told as their systems print them', () => {
  assert.equal(lsn(0x1_0000_00ff), '1/FF')
  const [event] = historyOf([
    {
      kind: 'k.client',
      clientId: 'c',
      acks: -1,
      idempotent: false,
      transactional: false,
      apiVersion: 9,
      topics: [],
    },
  ])
  assert.ok(event)
  assert.equal(tell(event), 'c asks for acks=all, not idempotent')
})
