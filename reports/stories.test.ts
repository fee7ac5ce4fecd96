import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { HistoryEvent } from '../proof/history/event.ts'
import { judge } from '../proof/judge.ts'
import { goodLife, ScalingHistory } from '../scenarios/scaling/fixture/builder.ts'
import { consumerRun } from './fixture/consumer-run.ts'
import { goodScenarios, runDirectory } from './fixture/run-directory.ts'
import { KINDS } from './fixture/words.ts'
import { readThrough } from './history-pass.ts'
import { loadPanels } from './load-panels.ts'
import { renderRun } from './render-run.ts'
import { StoryReader } from './stories.ts'

function scaled(id: string, title: string, more = (h: ScalingHistory) => h) {
  const h = more(goodLife(new ScalingHistory({ id, title })))
  h.end()
  return { judgement: judge(h.events, new Map()), events: h.events }
}

interface Context {
  after(clean: () => void): void
}

async function rendered(context: Context, runs: readonly ReturnType<typeof scaled>[]) {
  const events = runs.flatMap((run) => run.events)
  const directory = await runDirectory(
    runs.map(({ judgement }) => judgement),
    undefined,
    events.map((event, i): HistoryEvent => ({ ...event, seq: i + 1 })),
  )
  context.after(() => rmSync(directory, { recursive: true }))
  await renderRun(directory, KINDS)
  return {
    directory,
    html: readFileSync(join(directory, 'report.html'), 'utf8'),
    markdown: readFileSync(join(directory, 'report.md'), 'utf8'),
    verdicts: JSON.parse(readFileSync(join(directory, 'verdicts.json'), 'utf8')),
  }
}

test('each scaling scenario is drawn once, its repetitions are not', async (context) => {
  const runs = [scaled('a', 'from zero'), scaled('a#2', 'from zero'), scaled('b', 'a pod is killed')]
  const { html, markdown, directory, verdicts } = await rendered(context, runs)
  assert.equal(html.match(/Why each step happened/g)?.length, 2)
  assert.match(html, /from zero: 21\.0 s of order-fulfillment, up to 156 events waiting and 3 replicas/)
  assert.match(markdown, /KEDAScaleTargetActivated: Scaled/)
  const stories = new StoryReader(verdicts.scenarios, await loadPanels())
  await readThrough(join(directory, 'history.ndjson'), [stories])
  assert.deepEqual(
    stories.told().map(({ scenario }) => scenario.id),
    ['a', 'b'],
  )
})

test('many long scaling runs stay below 500 KB', async (context) => {
  const long = (h: ScalingHistory) => {
    for (let n = 0; n < 90; n++) h.pass(1500).said('KEDAScalerFailed', `the broker does not answer, ${n}`)
    return h
  }
  const runs = Array.from({ length: 12 }, (_, i) => scaled(`run-${i}`, `scenario ${i}`, long))
  const { html } = await rendered(context, runs)
  assert.equal(html.match(/Why each step happened/g)?.length, 12)
  assert.ok(Buffer.byteLength(html) < 500 * 1024, `${Buffer.byteLength(html)} bytes`)
})

test('a history matters only where something of it is told', async (context) => {
  const directory = await runDirectory(goodScenarios())
  context.after(() => rmSync(directory, { recursive: true }))
  rmSync(join(directory, 'history.ndjson'))
  await renderRun(directory, KINDS)
})

test('the journey of a poison record is told in both reports', async (context) => {
  const { scenarios, history } = consumerRun()
  const directory = await runDirectory(scenarios, undefined, history)
  context.after(() => rmSync(directory, { recursive: true }))
  await renderRun(directory, KINDS)
  const html = readFileSync(join(directory, 'report.html'), 'utf8')
  assert.match(html, /Event poison of payment: 4 attempts, then it became a dead letter/)
  assert.match(html, /✓<\/span> 2\.08 s/)
  assert.match(readFileSync(join(directory, 'report.md'), 'utf8'), /\| 3 \| 3\.18 s \| 2\.08 s \|/)
})
