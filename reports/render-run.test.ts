import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { HistoryEvent } from '../proof/history/event.ts'
import type { RunRecord, ScenarioJudgement } from '../proof/judgement.ts'
import { hostileRun } from './fixture/hostile.ts'
import { goodScenarios, runDirectory, violatedRun } from './fixture/run-directory.ts'
import { guard, heldScenario, runRecord, violatedScenario } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { verifyManifest } from './manifest.ts'
import { renderRun } from './render-run.ts'

interface Context {
  after(clean: () => void): void
}

async function rendered(
  context: Context,
  scenarios: readonly ScenarioJudgement[],
  record?: RunRecord,
  history?: readonly HistoryEvent[],
) {
  const directory = await runDirectory(scenarios, record, history)
  context.after(() => rmSync(directory, { recursive: true }))
  const manifest = await renderRun(directory, KINDS)
  const read = (name: string) => readFileSync(join(directory, name), 'utf8')
  return {
    directory,
    manifest,
    html: read('report.html'),
    markdown: read('report.md'),
    junit: read('junit.xml'),
  }
}

/** As an English reader sees it. */
const text = (html: string) =>
  html
    .replace(/<span lang="ko">.*?<\/span>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

test('a good run: verdict, all 18 controls, windows, bound, root hash', async (context) => {
  const { html, markdown, junit, manifest } = await rendered(context, goodScenarios())
  const page = text(html)
  assert.match(page, /18 controls: 4 HELD , 14 NOT-PROVEN/)
  assert.match(page, /W10 Debezium’s offset is not flushed ✓ 6 of 6 A /)
  assert.match(page, /0 violations in 36 trials: &#60; 8 % per trial under this schedule at 95 %/)
  assert.match(page, /connector-producer-outbox-0 orders-debezium ✓ all ✓ yes/)
  assert.ok(html.includes(manifest.evidence))
  for (const id of ['D1', 'D5', 'P1', 'P4', 'C1', 'C5', 'O1', 'O4'])
    assert.match(html, new RegExp(`id="${id}"`))
  assert.match(markdown, /^# HELD: 18 controls: 4 HELD, 14 NOT-PROVEN/)
  assert.doesNotMatch(junit, /<failure|<error/)
})

test('what the profile had no time for is told in both reports, and nothing where that is nothing', async (context) => {
  const leftOut = [{ scenario: 'a-clock', title: 'it runs by the <clock>', controls: ['O1'] }]
  const { html, markdown } = await rendered(
    context,
    goodScenarios(),
    runRecord({ profile: 'quick', leftOut }),
  )
  assert.match(html, /that the profile quick has no time for[\s\S]*it runs by the &#60;clock&#62;/)
  assert.match(markdown, /## Left out by the profile quick\n\n- it runs by the .*clock.* \(O1\)/)
  const without = await rendered(context, goodScenarios())
  assert.doesNotMatch(without.html + without.markdown, /has no time for|Left out/)
})

test('a violated run: the name, the sentence, the counterexample, the command', async (context) => {
  const { scenarios, history } = violatedRun()
  const { html, markdown, junit } = await rendered(context, scenarios, undefined, history)
  for (const document of [html, markdown]) {
    assert.match(document, /lost-after-mark/)
    assert.match(document, /was marked published and is not on order-events/)
    assert.match(document, /npx eventproof prove --seed 7f3a/)
    assert.match(document, /27001480/)
  }
  assert.match(html, /<svg[^>]*role="img"/)
  assert.match(junit, /<failure message="VIOLATED: lost-after-mark/)
})

test('an interrupted run is marked, and nothing in it is green', async (context) => {
  const { html, markdown, junit } = await rendered(context, goodScenarios(), runRecord({ interrupted: true }))
  assert.match(text(html), /INCONCLUSIVE · interrupted/)
  assert.match(markdown, /^# INCONCLUSIVE \(interrupted\)/)
  assert.match(junit, /<testsuite name="P1[^>]*errors="1"/)
})

test('an unmet guard is shown with its evidence and is an error for CI', async (context) => {
  const unmet = heldScenario({
    verdict: 'VACUOUS',
    reason: 'it did not take effect',
    guards: [guard('G1', 'Fault', 'no byte was swallowed', false)],
  })
  const { html, junit } = await rendered(context, [unmet])
  assert.match(text(html), /Fault ✗ 0 of 1 VACUOUS no byte was swallowed/)
  assert.match(junit, /<error message="VACUOUS: it did not take effect"/)
})

test('a run that proved nothing is not green for CI', async (context) => {
  const { junit } = await rendered(context, [])
  assert.match(junit, /<testsuites [^>]*tests="19" failures="0" errors="1" skipped="18"/)
})

test('rendering again gives the same bytes and leaves the evidence as it was', async (context) => {
  const { directory, html, manifest } = await rendered(context, goodScenarios())
  assert.deepEqual(await verifyManifest(directory), [])
  const again = await renderRun(directory, KINDS)
  assert.deepEqual(again, manifest)
  assert.equal(readFileSync(join(directory, 'report.html'), 'utf8'), html)
})

test('hostile texts stay texts, and no credential gets through', async (context) => {
  const { scenarios, history, record } = hostileRun()
  const { html, markdown, junit } = await rendered(context, scenarios, record, history)
  assert.doesNotMatch(html, /<(?:script|img|iframe|a href="[^#]|details [^>]*ontoggle|link|form|base)/i)
  assert.equal(html.match(/<meta/g)?.length, 4)
  assert.equal(html.match(/<style/g)?.length, 1)
  assert.doesNotMatch(html, /<[^>]+\son\w+=/i)
  for (const document of [html, markdown, junit]) {
    assert.doesNotMatch(document, /hunter2/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that they are gone is the point
    assert.doesNotMatch(document, /[\u0000-\u0008\u001b\u202e\u2066\ufffe\uffff]/)
  }
  const outsideOfCode = markdown.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
  assert.doesNotMatch(outsideOfCode, /(?<!\\)<|(?<!\\)\]\(|^# no longer/m)
  assert.doesNotMatch(junit, /<!\[CDATA|<!--|\]\]>/)
})

test('300 scenarios with violations stay below 500 KB', async (context) => {
  const { scenarios, history } = violatedRun()
  const many = Array.from({ length: 20 }, () => scenarios).flat()
  const { html } = await rendered(context, many, runRecord({ repeat: 20 }), history)
  assert.ok(Buffer.byteLength(html) < 500 * 1024, `${Buffer.byteLength(html)} bytes`)
  assert.match(text(html), /found 20 times, the first is shown/)
})

test('a violation found in a scenario about something else is told under the control that it breaks', async (context) => {
  const stray = violatedScenario('acks-not-all', {}, { id: 'stray/orders', controls: ['P1'] })
  const { html, markdown } = await rendered(context, [...goodScenarios(), stray])
  const section = html.slice(html.indexOf('id="P3"'), html.indexOf('id="P4"'))
  assert.match(section, /acks-not-all was seen/)
  assert.match(section, /id="violation-1"/)
  assert.match(markdown, /## P3 .*VIOLATED/)
})
