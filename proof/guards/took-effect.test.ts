import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HistoryBuilder } from '../../scenarios/publishing/fixture/builder.ts'
import { heldScenario, W5 } from '../../scenarios/publishing/fixture/held-scenario.ts'
import { kindsWith } from '../../scenarios/publishing/fixture/kinds.ts'
import { judge } from '../judge.ts'

const told = (h: HistoryBuilder) =>
  judge(h.end(), kindsWith({ ...W5, shown: 'the record is on the log and a backend waits' })).guards.find(
    ({ id }) => id === 'took-effect',
  )?.evidence ?? ''

test('a window that was not entered is told with what would show it, and with what was seen instead', () => {
  const h = heldScenario({ trials: 2 }).phase('fault', 'W5', 2)
  h.add({ kind: 'note', text: 'the window did not open: nobody came to the gate' })
  assert.match(
    told(h),
    /^window W5 was entered in 1 of 2 trials; it is entered when the record is on the log and a backend waits \(trial 2: the window did not open: nobody came to the gate\)/,
  )
})

test('where nothing was noted, the user is told what to try', () => {
  assert.match(told(heldScenario({ trials: 2 }).phase('fault', 'W5', 2)), /backend waits\. .*try --jobs 1/)
})

test('trials that were not begun are told as that, with what did not come through before', () => {
  assert.match(
    told(heldScenario({ trials: 3 })),
    /^window W5 was entered in 1 of 3 trials; others were not begun: not all/,
  )
  const h = new HistoryBuilder({ trials: 3 }).phase('fault', 'W5')
  h.add({ kind: 'proc', service: 'relay', instance: 0, id: 'process 1', event: 'started' })
  h.waiting('mark', 'o-2').fault('armed').fault('tookEffect')
  h.add({ kind: 'note', text: 'not all came through within 60 s: event 7 was committed and not published' })
  const always = { ...W5, entered: () => ({ grade: 'A', says: 'it was', events: [] }) as const }
  const [guard] = judge(h.phase('control-after').end(), kindsWith(always)).guards.filter(
    ({ id }) => id === 'took-effect',
  )
  assert.match(guard?.evidence ?? '', /others were not begun: not all came through within 60 s: event 7 was/)
})

test('a trial that the design kept out takes nothing from one that was inside', () => {
  const h = heldScenario({ trials: 2 }).phase('fault', 'W5', 2)
  const excluded = () => ({ grade: 'A', says: 'it waits for older ones', events: [] }) as const
  const met = (window: typeof W5) =>
    judge(h.events, kindsWith(window)).guards.find(({ id }) => id === 'took-effect')?.met
  h.end()
  assert.equal(met({ ...W5, excluded }), true)
  assert.equal(met(W5), false)
})
