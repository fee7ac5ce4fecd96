import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lagsIn, type MonitoredLag } from './monitor-scrape.ts'

const WANTED: MonitoredLag = {
  metric: 'kafka_consumergroup_lag',
  labels: { group: 'consumergroup', topic: 'topic', partition: 'partition' },
  group: 'run-1.fulfillment',
  topic: 'run-1.order-events',
}
const line = (partition: number, value: string, group = WANTED.group, topic = WANTED.topic) =>
  `kafka_consumergroup_lag{consumergroup="${group}",topic="${topic}",partition="${partition}"} ${value}`
const page = (...lines: readonly string[]) =>
  ['# HELP kafka_consumergroup_lag What waits', '# TYPE kafka_consumergroup_lag gauge', ...lines, ''].join(
    '\n',
  )

test('each partition of this group and topic is read, and no other', () => {
  const text = page(
    line(0, '5'),
    line(1, '1.2e+01'),
    line(0, '99', 'other'),
    line(1, '7', WANTED.group, 'other'),
  )
  assert.deepEqual(lagsIn(text, WANTED), [
    { partition: 0, lag: 5 },
    { partition: 1, lag: 12 },
  ])
})

test('without a label for partitions it is one sum, over all that are told', () => {
  const { partition: _, ...labels } = WANTED.labels
  assert.deepEqual(lagsIn(page(line(0, '5'), line(1, '12')), { ...WANTED, labels }), [
    { partition: null, lag: 17 },
  ])
})

test('what is no number is not told', () => {
  assert.deepEqual(lagsIn(page(line(0, 'NaN')), WANTED), [])
})

test('a page without the metric says nothing', () => {
  assert.deepEqual(lagsIn('<html>no metrics here</html>', WANTED), [])
})
