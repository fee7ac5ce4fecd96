import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atRest, goodLife, ScalingHistory } from '../../scenarios/scaling/fixture/builder.ts'
import { scalingChart } from './scaling-chart.ts'
import { scalingStory } from './scaling-story.ts'

function told(h: ScalingHistory) {
  const story = scalingStory(h.plan.scaling, h.events)
  assert.ok(story)
  return story
}

test('each step has its cause: which controller scaled, and why then', () => {
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
  assert.equal(scalingStory(plan.scaling, events), undefined)
})

test('a fault is told and shaded, also one that was never healed', () => {
  const h = goodLife().fault('armed').pass(2000)
  const story = told(h)
  assert.equal(story.faults.length, 1)
  assert.ok(story.steps.some(({ what }) => what === 'kill-pod injected into order-fulfillment'))
})

test('a gate is why work is under way, and a killed pod was killed', () => {
  const h = atRest(new ScalingHistory()).gate('closed', 'event-1')
  h.publish(6)
  h.wake().gate('waiting', 'event-1').pod('pod-a', 'killed').pass(2000).gate('opened', 'event-1').pass(2000)
  const { steps } = told(h)
  const why = (what: RegExp) => steps.find((step) => what.test(step.what))?.why
  assert.match(why(/in the middle of that effect/) ?? '', /backend 4711 waits in COMMIT/)
  assert.match(why(/may be committed/) ?? '', /gate is open/)
  assert.equal(why(/^pod-a killed$/), 'by SIGKILL')
})

test('replicas are those of the workload, not of another Deployment beside it', () => {
  const h = goodLife()
  h.add({
    kind: 'k8s.object',
    resource: 'Deployment',
    name: 'neighbour',
    change: 'modified',
    fields: { 'spec.replicas': 9 },
  })
  h.pass(2000)
  assert.ok(told(h).steps.every(({ what }) => !what.includes('9')))
})

test('of many steps the first and the last are told, with each return to zero, and how many are left out', () => {
  const h = goodLife()
  for (let n = 0; n < 60; n++) h.pass(1000).said('KEDAScalerFailed', `for the ${n}th time`)
  h.publish(9)
  h.pass(500).wake().work().pass(6000).sleep().pass(3000)
  const { steps } = told(h)
  assert.ok(steps.length <= 42, `${steps.length} steps`)
  const left = steps.filter(({ what }) => /^\d+ more steps$/.test(what))
  assert.equal(left.length, 1)
  assert.equal(steps.filter(({ what }) => / → 0$/.test(what)).length, 2)
  assert.match(steps.at(-1)?.what ?? '', /last pod is gone|→ 0/)
})

test('the chart numbers every step and draws lag, metric, threshold, replicas and pods', () => {
  const story = told(goodLife())
  const svg = scalingChart(story, 'title').markup
  const [, flags = ''] = /<g[^>]* font-size="10">(.*?)<\/g>/.exec(svg) ?? []
  const numbers = [...flags.matchAll(/>(\d+)<\/text>/g)].map(([, n]) => Number(n))
  assert.deepEqual(
    numbers,
    story.steps.map((_, i) => i + 1),
  )
  for (const word of [
    'lag',
    'metric',
    'not done yet',
    'committed',
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
