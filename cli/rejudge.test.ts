import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { HistoryEvent } from '../proof/history/event.ts'
import { INTERRUPTED, judge } from '../proof/judge.ts'
import type { RunRecord, ScenarioJudgement } from '../proof/judgement.ts'
import { RUN_FILES } from '../proof/run-files.ts'
import { KINDS } from '../reports/fixture/words.ts'
import { controlsOf } from '../reports/verdicts.ts'
import { rejudge } from './rejudge.ts'

const RECORD: RunRecord = {
  schema: 1,
  id: 'r1',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:01:00Z',
  tool: { name: 'eventproof', version: '0' },
  versions: {},
  host: { os: 'linux', cpus: 2, memoryBytes: 1 },
  stack: 'processes',
  capabilities: [],
  seed: 's',
  profile: 'quick',
  repeat: 1,
  jobs: 1,
  selection: [],
  disarmed: [],
  config: { path: 'c', sha256: '' },
  interrupted: false,
  replay: 'eventproof prove',
  notProven: [],
}

describe('a history that is judged again', () => {
  let directory = ''
  const events: HistoryEvent[] = ['a', 'b'].map((scenario, seq) => ({
    seq: seq + 1,
    at: seq,
    scenario,
    kind: 'note',
    text: 'there is no plan',
  }))
  const scenarios = events.map((event) => judge([event], new Map()))
  const runWith = (changed: readonly ScenarioJudgement[]) => ({
    directory,
    record: RECORD,
    verdicts: controlsOf(changed, RECORD, KINDS),
  })

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'eventproof-rejudge-'))
    await writeFile(
      join(directory, RUN_FILES.history),
      events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    )
  })
  after(() => rm(directory, { recursive: true, force: true }))

  it('agrees with what was written, whatever the order of its scenarios', async () => {
    assert.deepEqual(await rejudge(runWith(scenarios), KINDS), [])
    assert.deepEqual(await rejudge(runWith(scenarios.toReversed()), KINDS), [])
  })

  it('agrees with what an interrupted run wrote, whatever came to its history while it came to rest', async () => {
    const interrupted = { ...RECORD, interrupted: true }
    const place = await mkdtemp(join(directory, 'interrupted-'))
    const until: HistoryEvent[] = [
      ...events.slice(0, 1),
      { seq: 3, at: 3, scenario: 'a', kind: 'scenario.end', completed: false, reason: INTERRUPTED },
    ]
    const later: HistoryEvent[] = [
      { seq: 4, at: 4, scenario: 'a', kind: 'note', text: 'its service ends' },
      { seq: 5, at: 5, scenario: 'a', kind: 'scenario.end', completed: false, reason: 'aborted' },
      { seq: 6, at: 6, scenario: 'c', kind: 'note', text: 'it only began' },
    ]
    const lines = [...until, ...later].map((event) => `${JSON.stringify(event)}\n`)
    await writeFile(join(place, RUN_FILES.history), lines.join(''))
    const verdicts = controlsOf([judge(until, new Map())], interrupted, KINDS)
    const run = { directory: place, record: interrupted, verdicts }
    assert.deepEqual(
      (await rejudge(run, KINDS)).filter(({ subject }) => subject !== RUN_FILES.history),
      [],
    )
  })

  it('finds a verdict that was mutated, by scenario and field', async () => {
    const mutated = scenarios.map((each) => ({ ...each, verdict: 'HELD' as const }))
    const found = await rejudge(runWith(mutated), KINDS)
    assert.partialDeepStrictEqual(
      found.find(({ subject }) => subject === 'a'),
      { field: 'verdict', written: 'HELD', judged: 'INCONCLUSIVE' },
    )
  })

  it('finds a scenario that was left out', async () => {
    const found = await rejudge(runWith(scenarios.slice(1)), KINDS)
    assert.deepEqual(found, [{ subject: 'a', field: 'entry', written: 'absent', judged: 'present' }])
  })

  it('names the line where the history is damaged', async () => {
    await writeFile(join(directory, RUN_FILES.history), `${JSON.stringify(events[0])}\n{"seq":1\n`)
    await assert.rejects(rejudge(runWith(scenarios), KINDS), { code: 'EVENTPROOF_HISTORY_DAMAGED' })
  })
})
