import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScalingFigures } from '../../scenarios/scaling/view/scaling-figures.ts'
import { heldScenario } from '../fixture/scenario.ts'
import { tableOf } from '../html/table.ts'
import { titled } from '../markdown-text.ts'
import { manifestRows, scalingRows } from './scaling-rows.ts'
import { asidesTable, manifestsTable } from './tables.ts'

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

const figures = (activation: number | null): ScalingFigures => ({
  of: 'scaling',
  milliseconds: 60_000,
  events: 100,
  effects: 100,
  activation,
  ready: null,
  maxReplicas: 4,
  backToZero: 61_000,
  lint: [PAUSED, LOW],
})

test('repetitions of a scaling scenario are one row with the slowest times; what never happened stays unknown', () => {
  const run = (activation: number | null) => heldScenario({ kind: 'scaling', figures: figures(activation) })
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
  const table = manifestsTable([run(900)])
  const page = tableOf(table).markup
  assert.match(page, /k8s\/so\.yaml:7/)
  assert.match(page, /remove the annotation/)
  assert.match(titled(table), /k8s\/so\.yaml:7 \| orders-polling \| ✗ error \| paused/)
})

test('what KEDA did against its own rules is told with the events that show it, and where it did nothing no row is', () => {
  const aside = { name: 'keda-broke-cooldown', says: 'KEDA scaled in 11 s early', events: [4, 9] }
  const scenario = heldScenario({ kind: 'scaling', figures: figures(900) })
  const broke = {
    ...scenario,
    findings: [{ kind: 'held', predicate: 'SZ4', judged: 3, aside: [aside] } as const],
  }
  assert.deepEqual(asidesTable([scenario]).rows, [])
  assert.deepEqual(asidesTable([scenario, broke]).rows, [
    [scenario.title, scenario.subject, { code: 'keda-broke-cooldown' }, 'KEDA scaled in 11 s early', '4, 9'],
  ])
})
