import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import type { Clock } from '../../core/clock.ts'
import type { ProgressEvent } from '../../core/progress.ts'
import { ndjsonRenderer } from './ndjson.ts'
import { plainRenderer } from './plain.ts'
import { terminalRenderer } from './terminal.ts'

const EVENTS: readonly ProgressEvent[] = [
  { type: 'run', run: 'r1', directory: '/runs/r1', scenarios: 1 },
  { type: 'artifact', artifact: 'kafka', step: 'download', bytes: 5e6, totalBytes: 1e7 },
  { type: 'artifact', artifact: 'kafka', step: 'ready', bytes: 1e7, milliseconds: 2500 },
  { type: 'component', component: 'kafka', state: 'starting' },
  { type: 'component', component: 'kafka', state: 'ready', milliseconds: 1800 },
  {
    type: 'component',
    component: 'kubernetes',
    state: 'ready',
    milliseconds: 6600,
    kubeconfig: '/run/admin.kubeconfig',
  },
  { type: 'scenario', scenario: 's1', state: 'started', title: 'the relay dies', controls: ['P1'] },
  { type: 'scenario', scenario: 's1', state: 'trial', trial: 2, trials: 3 },
  { type: 'scenario', scenario: 's1', state: 'entered', window: 'W5', trial: 2 },
  {
    type: 'scenario',
    scenario: 's1',
    state: 'judged',
    title: 'the relay dies',
    verdict: 'VACUOUS',
    reason: 'the fault did not take effect',
    milliseconds: 4000,
  },
]

function heldClock(): Clock & { pass(milliseconds: number): void } {
  let at = 0
  return {
    monotonic: () => at,
    now: () => new Date(Date.UTC(2026, 0, 1, 12, 0, 0) + at),
    pass: (milliseconds) => {
      at += milliseconds
    },
  }
}

describe('plain lines', () => {
  it('tell each beginning once and each fact, with the time', () => {
    const lines: string[] = []
    using renderer = plainRenderer(heldClock(), (text) => lines.push(text.slice(9).trimEnd()))
    for (const event of EVENTS) renderer.show(event)
    assert.deepEqual(lines, [
      'run r1: 1 scenario',
      '> downloading kafka 5.0 MB of 10.0 MB',
      '✓ kafka obtained 10.0 MB in 2.5 s',
      '> starting kafka',
      '✓ kafka ready in 1.8 s',
      '✓ kubernetes ready in 6.6 s · kubectl --kubeconfig /run/admin.kubeconfig',
      '> the relay dies',
      'VACUOUS the relay dies · 4.0 s · the fault did not take effect',
    ])
  })

  it('tell what each control says of a scenario, where they do not say the same', () => {
    const lineOf = (
      ...verdicts: readonly (readonly [
        id: string,
        verdict: 'HELD' | 'VIOLATED',
        reason: string,
        besides?: true,
      ])[]
    ) => {
      const lines: string[] = []
      using renderer = plainRenderer(heldClock(), (text) => lines.push(text.slice(9).trimEnd()))
      const controls = verdicts.map(([id, verdict, reason, besides]) => ({
        id,
        verdict,
        reason,
        ...(besides ? { besides } : {}),
      }))
      const [, verdict, reason] = verdicts.find((each) => each[1] === 'VIOLATED') ??
        verdicts[0] ?? ['', 'HELD', '']
      const judged = {
        state: 'judged',
        title: 'it dies',
        verdict,
        reason,
        controls,
        milliseconds: 1000,
      } as const
      renderer.show({ type: 'scenario', scenario: 's1', ...judged })
      return lines[0]
    }
    assert.equal(
      lineOf(['C4', 'VIOLATED', 'eager-assignor: it is asked for'], ['C1', 'HELD', ''], ['C3', 'HELD', '']),
      'VIOLATED it dies · 1.0 s · C4 VIOLATED eager-assignor: it is asked for · C1 C3 HELD',
    )
    assert.equal(
      lineOf(['P1', 'HELD', ''], ['P2', 'HELD', ''], ['P3', 'VIOLATED', 'acks-not-all: 1', true]),
      'HELD it dies · 1.0 s · P1 P2 HELD · besides P3 VIOLATED acks-not-all: 1',
    )
    assert.equal(
      lineOf(['C4', 'VIOLATED', 'eager-assignor', true], ['P1', 'VIOLATED', 'lost-event']),
      'VIOLATED it dies · 1.0 s · P1 VIOLATED lost-event · besides C4 VIOLATED eager-assignor',
    )
    assert.equal(lineOf(['P1', 'HELD', ''], ['P2', 'HELD', '']), 'HELD it dies · 1.0 s')
    assert.equal(lineOf(['P1', 'VIOLATED', 'lost-event: o-1']), 'VIOLATED it dies · 1.0 s · lost-event: o-1')
  })

  it('say what is under way when nothing else was said for 15 s', () => {
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      const clock = heldClock()
      const lines: string[] = []
      using renderer = plainRenderer(clock, (text) => lines.push(text))
      renderer.show({ type: 'component', component: 'connect', state: 'starting' })
      clock.pass(15_000)
      mock.timers.tick(15_000)
      assert.equal(lines.at(-1), '12:00:15 … starting connect (15.0 s)\n')
    } finally {
      mock.timers.reset()
    }
  })
})

describe('the live display', () => {
  it('ends with the facts alone on the screen and the cursor shown', () => {
    let screen = ''
    const output = {
      result: () => {},
      aside: (text: string) => {
        screen += text
      },
      live: true,
      columns: 40,
      style: (_: unknown, text: string) => text,
    }
    {
      using renderer = terminalRenderer(heldClock(), output)
      for (const event of EVENTS) renderer.show(event)
    }
    assert.match(screen, /✓ kafka ready in 1\.8 s\n/)
    assert.match(screen, /✓ kubernetes ready in 6\.6 s · kubectl --kubeconfig \/run\/admin\.kubeconfig\n/)
    assert.match(screen, /VACUOUS {5}the relay dies/)
    assert.ok(screen.startsWith('\x1b[?25l') && screen.endsWith('\x1b[?25h'))
  })
})

describe('--json', () => {
  it('is one object a line with the time since the start', () => {
    const lines: string[] = []
    using renderer = ndjsonRenderer(heldClock(), (line) => lines.push(line))
    for (const event of EVENTS) renderer.show(event)
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      EVENTS.map((event) => ({ at: 0, ...event })),
    )
  })
})
