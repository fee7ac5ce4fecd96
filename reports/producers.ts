import type { Producer } from '../proof/history/producers.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { numbers, type Table } from './table.ts'
import { acksInWords } from './telling.ts'

/** A producer and the way in which it asked for its records to be stored. */
export interface ProducerRow extends Pick<Producer, 'clientId' | 'acks' | 'idempotent'> {
  readonly subject: string
  /** Scenarios that it was seen in. */
  readonly seen: number
}

type Producing = (scenario: ScenarioJudgement) => readonly Producer[]

/** One row for each producer and way of asking; those that do not ask for enough come first. */
export function producerRows(scenarios: readonly ScenarioJudgement[], producing: Producing): ProducerRow[] {
  const rows = new Map<string, ProducerRow>()
  for (const scenario of scenarios) {
    const { subject } = scenario
    for (const { clientId, acks, idempotent } of producing(scenario)) {
      const key = JSON.stringify([subject, clientId, acks, idempotent])
      rows.set(key, { subject, clientId, acks, idempotent, seen: (rows.get(key)?.seen ?? 0) + 1 })
    }
  }
  const enough = (row: ProducerRow) => (row.acks === -1 && row.idempotent ? 1 : 0)
  return [...rows.values()].sort((a, b) => enough(a) - enough(b))
}

/** What each producer asked the broker for. */
export function producersTable(scenarios: readonly ScenarioJudgement[], producing: Producing): Table {
  return {
    title: 'Clients, as seen on the wire',
    columns: ['Client', 'Service', 'acks', 'Idempotent', ...numbers('Scenarios')],
    rows: producerRows(scenarios, producing).map((row) => [
      { code: row.clientId },
      row.subject,
      { met: row.acks === -1, text: acksInWords(row.acks) },
      { met: row.idempotent, text: row.idempotent ? 'yes' : 'no' },
      row.seen,
    ]),
  }
}
