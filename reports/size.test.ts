import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { HistoryEvent } from '../proof/history/event.ts'
import { judge } from '../proof/judge.ts'
import { goodLife, ScalingHistory } from '../scenarios/scaling/fixture/builder.ts'
import { CONTROLS } from './controls.ts'
import { consumerRun } from './fixture/consumer-run.ts'
import { runDirectory, violatedRun } from './fixture/run-directory.ts'
import { heldScenario } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { renderRun } from './render-run.ts'

/** As the reference's `npm start` has them. */
const SCALED = 13
const SCENARIOS_A_CONTROL = 8
const STEPS = 20

test('a run of all 18 controls with a violation stays below 500 KB', async (context) => {
  const { scenarios, history } = everything()
  const directory = await runDirectory(scenarios, undefined, history)
  context.after(() => rmSync(directory, { recursive: true }))
  await renderRun(directory, KINDS)
  const html = readFileSync(join(directory, 'report.html'), 'utf8')
  assert.equal(html.match(/<section class="control"/g)?.length, CONTROLS.length)
  assert.match(html, /id="violation-1"/)
  assert.equal(html.match(/Why each step happened/g)?.length, 12)
  assert.ok(Buffer.byteLength(html) < 500 * 1000, `${Buffer.byteLength(html)} bytes`)
})

function everything() {
  const runs = Array.from({ length: SCALED }, (_, n) => scaled(n))
  const violated = violatedRun()
  const consumer = consumerRun()
  const held = CONTROLS.flatMap(({ id }) =>
    Array.from({ length: SCENARIOS_A_CONTROL }, (_, n) =>
      heldScenario({ id: `${id}/${n}`, title: `it is hurt in the way that has number ${n}`, controls: [id] }),
    ),
  )
  const history = [...violated.history, ...consumer.history, ...runs.flatMap(({ events }) => events)]
  return {
    scenarios: [
      ...violated.scenarios,
      ...consumer.scenarios,
      ...held,
      ...runs.map(({ judgement }) => judgement),
    ],
    history: history.map((event, at): HistoryEvent => ({ ...event, seq: at + 1 })),
  }
}

function scaled(n: number) {
  const h = goodLife(
    new ScalingHistory({ id: `scaled-${n}`, title: `work comes in the way that has number ${n}` }),
  )
  for (let step = 0; step < STEPS; step++)
    h.pass(1500).said('KEDAScalerFailed', `${step}: ${'the broker does not answer. '.repeat(15)}`)
  h.end()
  return { judgement: judge(h.events, new Map()), events: h.events }
}
