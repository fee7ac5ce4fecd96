import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { numbers, type Table } from '../table.ts'
import { percent } from '../words.ts'
import { consumerRows, waited } from './consumer-rows.ts'

type Scenarios = readonly ScenarioJudgement[]

/** What was delivered and what came of it. */
export function deliveriesTable(scenarios: Scenarios): Table {
  return {
    title: 'Deliveries and effects',
    columns: [
      'Consumer',
      ...numbers(
        'Scenarios',
        'Events',
        'Records',
        'Effects',
        'Redelivered',
        'Retries',
        'Dead letters',
        'Keys',
      ),
    ],
    rows: consumerRows(scenarios).map((row) => [
      row.subject,
      ...[
        row.scenarios,
        row.events,
        row.records,
        row.effects,
        row.redeliveries,
        row.retries,
        row.deadLetters,
      ],
      row.keys,
    ]),
    note: 'Redelivered: records of events that the consumer had been given before. Delivery is at least once; an effect is exactly once.',
  }
}

/** How the group moved, how often it said how far it was, and how its work lies on the partitions. */
export function groupTable(scenarios: Scenarios): Table {
  return {
    title: 'Groups',
    columns: [
      'Consumer',
      ...numbers('Scenarios', 'Rebalances', 'Offset commits', 'Keys', 'Partitions', 'Used', 'Largest share'),
      ...numbers('Unmoved, longest wait'),
    ],
    rows: consumerRows(scenarios).map((row) => [
      row.subject,
      ...[row.scenarios, row.rebalances, row.commits, row.keys, row.partitions.count, row.partitions.used],
      ...[percent(row.partitions.largestShare), waited(row)],
    ]),
    note: 'Used: partitions of the declared topic with a record. Largest share: of all records, those on the fullest partition; an even spread is one divided by the partitions. Unmoved: the longest wait, from record to effect, of an event on a partition that kept its owner while instances were restarted one after the other.',
  }
}
