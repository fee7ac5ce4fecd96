import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consumerFigures } from '../fixture/consumer-run.ts'
import { heldScenario } from '../fixture/scenario.ts'
import { tableOf } from '../html/table.ts'
import { titled } from '../markdown-text.ts'
import { consumerRows } from './consumer-rows.ts'
import { groupTable } from './tables.ts'

const payment = (changes = {}) =>
  heldScenario({ kind: 'consuming', subject: 'payment', figures: consumerFigures(changes) })

test('counts of a consumer are added over its scenarios; keys are the most of one', () => {
  const [row, ...more] = consumerRows([payment(), payment({ keys: 30 }), heldScenario()])
  assert.deepEqual(more, [])
  assert.equal(row?.scenarios, 2)
  assert.equal(row?.events, 240)
  assert.equal(row?.deadLetters, 4)
  assert.equal(row?.keys, 30)
})

test('records are added by partition; the fullest one has the largest share', () => {
  const [row] = consumerRows([payment({ perPartition: [60, 0, 20] }), payment({ perPartition: [10, 0, 10] })])
  assert.deepEqual(row?.partitions, { count: 3, used: 2, largestShare: 0.7 })
  const [empty] = consumerRows([payment({ perPartition: [] })])
  assert.deepEqual(empty?.partitions, { count: 0, used: 0, largestShare: undefined })
  const spread = groupTable([payment({ perPartition: [60, 0, 20] })])
  assert.match(tableOf(spread).markup, /<td class="number">3<td class="number">2<td class="number">75 %</)
  assert.match(titled(groupTable([payment({ perPartition: [] })])), /\| 0 \| 0 \| – \|/)
})
