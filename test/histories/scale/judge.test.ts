import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from '../../../proof/judge.ts'
import { atRest, goodLife, ScalingHistory } from './builder.ts'
import type { PlanChange } from './plan.ts'

type Write = (h: ScalingHistory) => ScalingHistory

function judgement(write: Write, plan?: PlanChange) {
  const h = write(new ScalingHistory(plan))
  h.end()
  return judge(h.events, new Map())
}

test('a whole, good life is HELD, with its figures', () => {
  const { verdict, reason, kind, subject, figures, guards } = judgement(goodLife)
  assert.equal(verdict, 'HELD', reason)
  assert.equal(kind, 'scaling')
  assert.equal(subject, 'order-consumer')
  assert.ok(guards.every(({ met }) => met))
  assert.deepEqual(figures, {
    of: 'scaling',
    milliseconds: 21_200,
    events: 156,
    effects: 156,
    activation: 600,
    ready: 900,
    maxReplicas: 3,
    backToZero: 5500,
    lint: [],
  })
})

test('a ScaledObject that could not wake it at the first try was ready all the same', () => {
  const { verdict, reason } = judgement((h) => {
    const wake = h.wake.bind(h)
    h.wake = () => {
      h.said('KEDAScaleTargetActivationFailed', 'context deadline exceeded')
      h.scaledObject({ 'condition.Ready': 'False' }).pass(100)
      return wake().scaledObject()
    }
    return goodLife(h)
  })
  assert.equal(verdict, 'HELD', reason)
})

test('a replay of the same history gives the same judgement', () => {
  assert.deepEqual(judgement(goodLife), judgement(goodLife))
})

/** Its ScaledObject says this of itself all the while. */
function saying(h: ScalingHistory, conditions: Readonly<Record<string, string>>): ScalingHistory {
  const scaledObject = h.scaledObject.bind(h)
  h.scaledObject = () => scaledObject(conditions)
  return h
}

const UNMET: readonly (readonly [
  what: string,
  verdict: string,
  says: RegExp,
  write: Write,
  plan?: PlanChange,
])[] = [
  [
    'the publisher is switched off',
    'VACUOUS',
    /0 of 120 events/,
    (h) => atRest(h).pass(3000),
    { bounds: { events: 120 }, scaling: { activationLagThreshold: 0 } },
  ],
  [
    'the group never committed',
    'VACUOUS',
    /committed offsets of 0 of 4 partitions/,
    (h) => {
      h.baseline = () => h
      return goodLife(h)
    },
  ],
  [
    'zero was not held for long enough',
    'VACUOUS',
    /zero was held for/,
    (h) => goodLife(h),
    { bounds: { rest: 60_000 } },
  ],
  [
    'the ScaledObject is not ready when the load comes',
    'VACUOUS',
    /was not ready/,
    (h) => goodLife(saying(h, { 'condition.Ready': 'False' })),
  ],
  [
    'the ScaledObject is paused',
    'VACUOUS',
    /was paused/,
    (h) => goodLife(saying(h, { 'condition.Paused': 'True' })),
  ],
  [
    'KEDA fell back',
    'VACUOUS',
    /was in fallback/,
    (h) => goodLife(saying(h, { 'condition.Fallback': 'True' })),
  ],
  [
    'the metric was never read',
    'VACUOUS',
    /metric was never read/,
    (h) => {
      h.metric = null
      return goodLife(h)
    },
  ],
  [
    'the threshold was never tried',
    'VACUOUS',
    /events waited at zero for/,
    (h) => {
      atRest(h).publish(150)
      h.pass(600).wake().pass(200).scale(3, 3).work().pass(5500).sleep().pass(1500)
      return h
    },
  ],
  [
    'it was never asked for a second replica',
    'VACUOUS',
    /never ran more than 1 replica/,
    (h) => {
      atRest(h).publish(5)
      h.pass(3000).publish(150)
      return h.pass(600).wake().work().pass(5500).sleep().pass(1500)
    },
  ],
  [
    'nobody looked for a while',
    'INCONCLUSIVE',
    /nobody looked for/,
    (h) => {
      goodLife(h)
      h.at += 9000
      return h.look()
    },
  ],
  [
    'a window that nobody knows',
    'VACUOUS',
    /window W24 is not known/,
    (h) => {
      goodLife(h).phase('fault', 'W24').fault('armed').fault('bitten').fault('cleared').publish(9)
      return h.pass(600).wake().work().pass(5500).sleep().pass(1500)
    },
    { windows: ['W24'], faults: ['kill-pod'] },
  ],
]

for (const [what, verdict, says, write, plan] of UNMET) {
  test(`${verdict}: ${what}`, () => {
    const seen = judgement(write, plan)
    assert.equal(seen.verdict, verdict, seen.reason)
    assert.match(seen.reason, says)
  })
}
