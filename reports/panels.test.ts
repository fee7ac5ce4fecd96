import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { HistoryEvent } from '../proof/history/event.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { historyOf, runDirectory } from './fixture/run-directory.ts'
import { heldScenario, violatedScenario } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { loadPanels } from './load-panels.ts'
import { readRun } from './read-run.ts'
import { renderRun } from './render-run.ts'
import { RunUnreadable } from './run-unreadable.ts'

const PANELS = await loadPanels()

describe('the panels of a kind', () => {
  test('are found in the folder of its name', () => {
    for (const [id, panels] of PANELS) {
      assert.equal(panels.id, id)
      assert.ok(KINDS.has(id), `no kind of subject is called ${id}`)
    }
  })

  test('are the only place that speaks of it', () => {
    const names = [...PANELS.values()].flatMap(({ id, noun }) => [id, noun])
    const here = import.meta.dirname
    for (const folder of ['.', 'html']) {
      const files = readdirSync(join(here, folder)).filter((name) => /(?<!\.test)\.ts$/.test(name))
      // What the checklist asks stands in the words of the checklist, in both languages.
      for (const file of files.filter((name) => !/^(controls|korean(-anti-patterns)?)\.ts$/.test(name))) {
        const text = readFileSync(join(here, folder, file), 'utf8')
        for (const name of names) assert.ok(!text.includes(name), `${folder}/${file} speaks of ${name}`)
      }
    }
  })

  test('say what its figures look like; others are told with the field', async (context) => {
    const figures = { ...heldScenario().figures, commands: 'many' }
    const directory = await runDirectory([heldScenario({ figures })])
    context.after(() => rmSync(directory, { recursive: true }))
    await assert.rejects(readRun(directory), (error) => {
      assert.ok(error instanceof RunUnreadable)
      assert.match(String(error.detail.what), /^scenarios\.0\.figures\.commands: /)
      return true
    })
  })
})

describe('a kind without panels', () => {
  const clocks = (make: (changes: Partial<ScenarioJudgement>) => ScenarioJudgement, id: string) => {
    const { relay, ...scenario } = make({
      ...{ id, kind: 'clocks', subject: 'tower', controls: ['D1', 'P1'] },
      figures: Object.assign({ of: 'clocks', milliseconds: 1200 }, { ticks: 60, hoursStruck: 2 }),
    })
    return scenario
  }

  test('is shown with what was counted, and its counterexamples with lanes that all have', async (context) => {
    const history: HistoryEvent[] = historyOf(
      [
        {
          kind: 'op.invoke',
          op: 'wind',
          key: 'tower',
          amount: 1,
          idempotencyKey: 'i',
          traceparent: '',
          refused: false,
        },
        { kind: 'proc', service: 'tower', instance: 0, id: 'process 7', event: 'killed' },
      ],
      'stopped',
    )
    const shown = { says: 'tower was wound and stopped', events: [1, 2] }
    const scenarios = [
      clocks(heldScenario, 'ticks'),
      clocks((changes) => violatedScenario('stopped-clock', shown, changes), 'stopped'),
    ]
    const directory = await runDirectory(scenarios, undefined, history)
    context.after(() => rmSync(directory, { recursive: true }))
    await renderRun(directory, KINDS)
    const html = readFileSync(join(directory, 'report.html'), 'utf8')
    assert.match(html, /<caption>What was counted<\/caption>/)
    assert.match(html, /Hours struck[\s\S]*tower<td class="number">120<td class="number">4\s*<.table>/)
    assert.match(html, /<td>clocks</)
    for (const lane of ['client', 'database', 'service', 'broker', 'fault'])
      assert.ok(html.includes(`>${lane}</text>`))
    assert.match(readFileSync(join(directory, 'report.md'), 'utf8'), /\| tower \| 120 \| 4 \|/)
  })
})
