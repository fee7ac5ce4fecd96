import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consumerRows } from './consuming/consumer-rows.ts'
import { groupTable } from './consuming/panels.ts'
import { consumerFigures } from './fixture/consumer-run.ts'
import { heldScenario } from './fixture/scenario.ts'
import { consumerTables, manifestsTables } from './markdown-tables.ts'
import { manifestsTable } from './scaling/panels.ts'
import { manifestRows, scalingRows } from './scaling/scaling-rows.ts'

const payment = (changes = {}) =>
  heldScenario({ kind: 'consuming', subject: 'payment', figures: { ...consumerFigures(), ...changes } })

test('counts of a consumer are added over its scenarios; keys are the most of one', () => {
  const [row, ...more] = consumerRows([payment(), payment({ keys: 30 }), heldScenario()])
  assert.deepEqual(more, [])
  assert.equal(row?.scenarios, 2)
  assert.equal(row?.events, 240)
  assert.equal(row?.deadLetters, 4)
  assert.equal(row?.keys, 30)
})

const LOW = {
  rule: 'cooldown',
  severity: 'warning',
  place: 'k8s/so.yaml:12',
  found: 'cooldownPeriod: 5',
  fix: 'write 60',
} as const
const PAUSED = {
  ...LOW,
  rule: 'paused',
  severity: 'error',
  place: 'k8s/so.yaml:7',
  fix: 'remove the annotation',
} as const

test('repetitions of a scaling scenario are one row with the slowest times; what never happened stays unknown', () => {
  const run = (activation: number | null) =>
    heldScenario({
      kind: 'scaling',
      figures: {
        of: 'scaling',
        milliseconds: 60_000,
        events: 100,
        effects: 100,
        activation,
        ready: null,
        maxReplicas: 4,
        backToZero: 61_000,
        lint: [PAUSED, LOW],
      },
    })
  const [row] = scalingRows([run(900), run(null), run(1400)])
  assert.equal(row?.runs, 3)
  assert.equal(row?.activation, 1400)
  assert.equal(row?.ready, null)
  assert.equal(row?.backToZero, 61_000)
  const findings = manifestRows([run(900), run(null)])
  assert.deepEqual(
    findings.map(({ rule, severity }) => [rule, severity]),
    [
      ['paused', 'error'],
      ['cooldown', 'warning'],
    ],
    'each once, errors first',
  )
  const page = (manifestsTable([run(900)]) || undefined)?.markup ?? ''
  assert.match(page, /k8s\/so\.yaml:7/)
  assert.match(page, /remove the annotation/)
  assert.match(manifestsTables([run(900)]).join(''), /k8s\/so\.yaml:7 \| error \| paused/)
})

test('records are added by partition; the fullest one has the largest share', () => {
  const [row] = consumerRows([payment({ perPartition: [60, 0, 20] }), payment({ perPartition: [10, 0, 10] })])
  assert.deepEqual(row?.partitions, { count: 3, used: 2, largestShare: 0.7 })
  const [empty] = consumerRows([payment({ perPartition: [] })])
  assert.deepEqual(empty?.partitions, { count: 0, used: 0, largestShare: undefined })
  const page = (groupTable([payment({ perPartition: [60, 0, 20] })]) || undefined)?.markup ?? ''
  assert.match(page, /<td class="number">3<\/td><td class="number">2<\/td><td class="number">75 %<\/td>/)
  assert.match(consumerTables([payment({ perPartition: [] })]).join(''), /0 of 0 \| –/)
})
