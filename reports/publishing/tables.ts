import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { numbers, type Table } from '../table.ts'
import { bytes } from '../words.ts'
import { loadRows } from './load-rows.ts'

type Scenarios = readonly ScenarioJudgement[]

export function loadTable(scenarios: Scenarios): Table {
  return {
    title: 'Load',
    columns: [
      'Publisher',
      ...numbers('Commands', 'Committed', 'Rolled back', 'Events', 'Records', 'Duplicates', 'Keys'),
    ],
    rows: loadRows(scenarios).map((row) => [
      `${row.subject} (${row.relay})`,
      ...[row.commands, row.committed, row.rolledBack, row.events, row.records, row.duplicates, row.keys],
    ]),
    note: 'Duplicates are allowed where delivery is at least once: copies of an event that a fault made the relay send again.',
  }
}

/** Sizes of the values on the log. */
export function sizesTable(scenarios: Scenarios): Table {
  return {
    title: 'Sizes of stored values',
    columns: ['Publisher', ...numbers('Records', 'p50', 'p99', 'Largest')],
    rows: loadRows(scenarios).map(({ subject, relay, records, payload: { p50, p99, max } }) => [
      `${subject} (${relay})`,
      records,
      ...[p50, p99, max].map(bytes),
    ]),
    note: 'Each column shows the highest of its scenarios.',
  }
}
