import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryEvent } from '../../proof/history/event.ts'
import { isConsumerPlan } from '../../scenarios/consuming/plan.ts'
import { consumerRun } from '../fixture/consumer-run.ts'
import { inTime, retryChart } from './retry-chart.ts'
import { type RetryStory, retryStory } from './retry-story.ts'

const { history } = consumerRun()

function told(events: readonly HistoryEvent[]): RetryStory {
  const plan = history[0]?.kind === 'scenario.plan' ? history[0].plan : undefined
  assert.ok(plan !== undefined && isConsumerPlan(plan))
  const story = retryStory(plan.consumer, plan.bounds.late, events)
  assert.ok(story)
  return story
}

const without = (kind: string) => history.filter((event) => event.kind !== kind)

test('attempts are told with what they waited and what was declared', () => {
  const { attempts, stops, effect, expect } = told(history)
  assert.deepEqual(
    attempts.map(({ waited }) => waited),
    [null, 1070, 2080, 4080],
  )
  assert.deepEqual(
    attempts.map(({ allowed }) => allowed?.to ?? null),
    [null, 1750, 3000, 5500],
  )
  assert.ok(attempts.every(({ by }) => by === 'database probe'))
  assert.ok(attempts.every(inTime))
  assert.equal(stops.at(-1)?.topic, 'payment-events-dlt')
  assert.equal(effect, null)
  assert.equal(expect, 'dead-letter')
})

test('without a probe in the database the records tell when an attempt could begin', () => {
  const { attempts } = told(without('pg.message'))
  assert.equal(attempts[0]?.at, 0)
  assert.ok(attempts.every(({ by }) => by === 'record on the topic'))
})

test('dead letters are no attempts', () => {
  assert.equal(told(without('pg.message')).attempts.length, 4)
})

test('an attempt outside of its window is told as such', () => {
  const late = history.map((event) => (event.seq === 5 ? { ...event, at: event.at + 900 } : event))
  const { attempts } = told(late)
  assert.deepEqual(attempts.map(inTime), [true, false, false, true])
})

test('the chart has a lane for each topic and a number for each attempt', () => {
  const svg = retryChart(told(history), 'title').markup
  for (const topic of ['payment-events', 'payment-events-retry-2', 'payment-events-dlt'])
    assert.ok(svg.includes(topic))
  assert.equal((svg.match(/font-weight="700"/g) ?? []).length, 4)
})
