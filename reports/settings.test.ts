import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { settingsOf } from './consuming/settings.ts'
import { consumerFigures } from './fixture/consumer-run.ts'
import { heldScenario, publisherFigures } from './fixture/scenario.ts'
import { panelsOf } from './generic-panels.ts'
import { loadPanels } from './load-panels.ts'
import { readFrom, settingRows } from './settings.ts'

const payment = (changes = {}) =>
  heldScenario({ kind: 'consuming', subject: 'payment', figures: consumerFigures(changes) })

const PANELS = await loadPanels()

const rowsOf = (...scenarios: readonly ScenarioJudgement[]) =>
  settingRows(scenarios.flatMap((each) => panelsOf(each.kind, PANELS).settings?.of([each]) ?? []))

test('a setting is one row, with every client that asked for it and where that was read', () => {
  const rows = rowsOf(payment(), payment())
  const session = rows.filter(({ setting }) => setting === 'session.timeout.ms')
  assert.equal(session.length, 1)
  assert.deepEqual(session[0]?.clients, ['payment-0', 'payment-1'])
  assert.equal(session[0]?.api, 'JoinGroup')
  assert.equal(session[0]?.differs, false)
})

test('a setting that clients do not agree on is marked', () => {
  const client = { clientId: 'payment-2', software: 'node-kafka 2.1', api: 'JoinGroup' }
  const other = payment({ clients: [{ ...client, settings: { 'session.timeout.ms': 10_000 } }] })
  const session = rowsOf(payment(), other).filter(({ setting }) => setting === 'session.timeout.ms')
  assert.deepEqual(
    session.map(({ value, differs }) => [value, differs]),
    [
      ['45000', true],
      ['10000', true],
    ],
  )
})

test('what producers asked for is among the settings', () => {
  const rows = rowsOf(heldScenario())
  assert.deepEqual(
    rows.map(({ setting, value, api }) => [setting, value, api]),
    [
      ['acks', 'all', 'produce'],
      ['enable.idempotence', 'true', 'produce'],
    ],
  )
})

test('of a producer that asked in several ways every value is told, the weakest first, with the client', () => {
  const client = { clientId: 'p', software: 'some-client 1.2', api: 'produce' }
  const asks = (acks: string | number, version: number) => ({
    ...client,
    apiVersions: [version],
    settings: { acks },
  })
  const publisher = heldScenario({
    figures: publisherFigures({
      clients: [{ clientId: 'r', software: 'other 2', apiVersion: 7, acks: 1, idempotent: false }],
    }),
  })
  const rows = rowsOf(payment({ clients: [asks('all', 9), asks(1, 9), asks(-1, 11)] }), publisher)
  assert.deepEqual(
    rows
      .filter(({ setting }) => setting === 'acks')
      .map((row) => [row.value, readFrom(row), row.software, row.differs]),
    [
      ['1', 'produce 7', 'other 2', false],
      ['1', 'produce 9', 'some-client 1.2', true],
      ['all', 'produce 9, 11', 'some-client 1.2', true],
    ],
  )
})

test('how often members say that they are alive is one row, with what was measured', () => {
  const cadence = { clientId: 'a', software: null, api: 'heartbeat', count: 9, short: 480, long: 520 }
  const first = payment({ clients: [], cadences: [{ ...cadence, median: 500 }] })
  const second = payment({ clients: [], cadences: [{ ...cadence, clientId: 'b', median: 510, long: 3000 }] })
  const [row, ...more] = settingRows(settingsOf([first, second]))
  assert.deepEqual(more, [])
  assert.equal(row?.setting, 'time between heartbeats')
  assert.equal(row?.value, '0.51 s, measured (0.48 s to 3.00 s)')
  assert.deepEqual(row?.clients, ['a', 'b'])
})
