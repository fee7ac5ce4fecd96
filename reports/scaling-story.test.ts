import assert from 'node:assert/strict'
import { test } from 'node:test'
import { goodLife, ScalingHistory } from '../test/histories/scale/builder.ts'
import { scalingChart } from './scaling-chart.ts'
import { scalingStory } from './scaling-story.ts'

function told(h: ScalingHistory) {
  const story = scalingStory(h.plan.id, h.plan.scaling, h.events)
  assert.ok(story)
  return story
}

test('each step has its cause: who scaled, and why then', () => {
  const { steps } = told(goodLife())
  const why = (what: string | RegExp) => steps.find((step) => step.what.match(what))?.why ?? ''
  assert.match(why(/events wait at zero/), /polls every 1 s.*more than 5/)
  assert.match(why('replicas 0 → 1'), /^KEDAScaleTargetActivated: Scaled/)
  assert.match(why('replicas 1 → 3'), /no controller said why/)
  assert.match(why('replicas 3 → 0'), /the cooldown of 5 s is over/)
  assert.match(why('nothing waits any more'), /cooldown runs/)
  const times = steps.map(({ at }) => at)
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  )
})

test('without a sample there is no story', () => {
  const { events, plan } = new ScalingHistory()
  assert.equal(scalingStory(plan.id, plan.scaling, events), undefined)
})

test('a fault is told and shaded, also one that was never cleared', () => {
  const h = goodLife().fault('armed').pass(2000)
  const story = told(h)
  assert.equal(story.faults.length, 1)
  assert.ok(story.steps.some(({ what }) => what === 'kill-pod armed on order-fulfillment'))
})

test('the chart numbers every step and draws lag, metric, threshold, replicas and pods', () => {
  const story = told(goodLife())
  const svg = scalingChart(story, 'title').markup
  const numbers = [...svg.matchAll(/font-size="10">(\d+)<\/text>/g)].map(([, n]) => Number(n))
  assert.deepEqual(
    numbers,
    story.steps.map((_, i) => i + 1),
  )
  for (const word of [
    'lag',
    'metric',
    'more than 5 wake it',
    'wanted by the autoscaler',
    'asked for',
    'ready',
    '4 partitions',
    'Running',
    'Pending',
  ])
    assert.ok(svg.includes(word), word)
})

test('hours of looks make a small picture', () => {
  const h = goodLife()
  h.pass(6 * 3_600_000)
  assert.ok(scalingChart(told(h), 'title').markup.length < 20_000)
})
