import type { ConsumerConfig } from '../../scenarios/config.ts'
import { FEWER, type PaymentEntry, payment } from './payment-twin.ts'
import type { TwinEntry } from './twin.ts'

const IN_PLACE: Partial<ConsumerConfig> = {
  retry: {
    attempts: 4,
    delays: ['1s', '2s', '4s'],
    topics: [],
    deadLetter: 'payment-events-dlt',
    headers: { topic: 'kafka_original-topic', attempts: 'retry_topic-attempts' },
  },
  order: 'per-key',
  recoverWithin: '60s',
}

/** Unusual but correct: none of them may be blamed. */
const CORRECT: readonly PaymentEntry[] = [
  {
    mutant: 'B54',
    name: 'one-partition-of-letters',
    expected: 'HELD',
    windows: ['W19'],
    says: 'has one partition for all dead letters',
    change: { program: '../reference/payment/main.ts', consumer: FEWER },
  },
  {
    mutant: 'B100',
    name: 'runbook-for-all',
    control: 'O3',
    expected: 'HELD',
    windows: ['redrive-approved'],
    says: 'has a runbook that approves all dead letters together, with what an earlier step exported',
    change: { program: '../reference/payment/main.ts', runbook: 'approves-all.md' },
  },
  {
    mutant: 'B13',
    name: 'in-reverse',
    expected: 'HELD',
    windows: ['W19', 'W20'],
    says: 'works on records from the last to the first; no order is declared',
  },
  {
    mutant: 'B14',
    name: 'holds-partition',
    expected: 'HELD',
    windows: ['W19', 'W21'],
    says: 'retries in place: holds the partition of a record that failed until it is due',
    change: { consumer: IN_PLACE },
  },
  {
    mutant: 'B15',
    name: 'one-group',
    expected: 'HELD',
    windows: ['W19', 'W20'],
    says: 'reads the topic and its retries in one group; retries are overtaken',
  },
  {
    mutant: 'B106',
    name: 'retries-in-turn',
    expected: 'HELD',
    windows: ['outside-out-of-reach'],
    says: 'works on the retries of a topic one after the other, and waits in front of each until it is due',
  },
  {
    mutant: 'B16',
    name: 'dead-letters-of-all',
    expected: 'HELD',
    windows: ['W19', 'W21'],
    says: 'shares the topic of its dead letters with other services',
  },
  {
    mutant: 'B17',
    name: 'dead-letter-twice',
    expected: 'HELD',
    windows: ['W21'],
    says: 'makes a dead letter once more after a crash',
    change: { program: '../reference/payment/main.ts' },
  },
  {
    mutant: 'B29',
    name: 'counts-anew-after-crash',
    expected: 'HELD',
    windows: ['retry-waits'],
    says: 'counts attempts in memory and begins at one after a crash',
    change: { program: 'retries/holds-partition.ts', consumer: IN_PLACE },
  },
]

export const BENIGN_RETRIES: readonly TwinEntry[] = CORRECT.map(payment)
