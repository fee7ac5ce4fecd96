import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backlogsIn, type ReportedBacklog } from './monitor-scrape.ts'

const GROUP = 'run-1.fulfillment'
const TOPIC = 'run-1.order-events'
const WANTED: ReportedBacklog = {
  of: 'lag',
  metric: 'kafka_consumergroup_lag',
  labels: { consumergroup: GROUP, topic: TOPIC },
  part: 'partition',
}
const line = (partition: number, value: string, group = GROUP, topic = TOPIC) =>
  `kafka_consumergroup_lag{consumergroup="${group}",topic="${topic}",partition="${partition}"} ${value}`
const page = (...lines: readonly string[]) =>
  ['# HELP kafka_consumergroup_lag What waits', '# TYPE kafka_consumergroup_lag gauge', ...lines, ''].join(
    '\n',
  )

test('each partition of this group and topic is read, and no other', () => {
  const text = page(line(0, '5'), line(1, '1.2e+01'), line(0, '99', 'other'), line(1, '7', GROUP, 'other'))
  assert.deepEqual(backlogsIn(text, [WANTED]), [
    { backlog: 'lag', part: '0', waits: 5 },
    { backlog: 'lag', part: '1', waits: 12 },
  ])
})

test('without a label for partitions it is one sum, over all that are told', () => {
  const { part: _, ...sum } = WANTED
  assert.deepEqual(backlogsIn(page(line(0, '5'), line(1, '12')), [sum]), [
    { backlog: 'lag', part: null, waits: 17 },
  ])
})

test('several backlogs are read from one page, each by its metric', () => {
  const outbox = { of: 'outbox', metric: 'outbox_oldest_seconds', labels: {} }
  const text = `${page(line(0, '5'))}outbox_oldest_seconds 1.5\n`
  assert.deepEqual(backlogsIn(text, [outbox, WANTED]), [
    { backlog: 'outbox', part: null, waits: 1.5 },
    { backlog: 'lag', part: '0', waits: 5 },
  ])
})

test('what is no number is not told', () => {
  assert.deepEqual(backlogsIn(page(line(0, 'NaN')), [WANTED]), [])
})

test('a page without the metric says nothing', () => {
  assert.deepEqual(backlogsIn('<html>no metrics here</html>', [WANTED]), [])
})
