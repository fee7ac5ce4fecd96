import type { ConsumerConfig } from '../../scenarios/config.ts'
import { type ConsumerChange, consumerOnly, type TwinEntry } from './twin.ts'

type Entry = Pick<TwinEntry, 'mutant' | 'name' | 'expected' | 'windows' | 'says'> & {
  /** C2 where it breaks nothing else. */
  readonly control?: TwinEntry['control']
  readonly change?: ConsumerChange
}

/** The reference's payment service with other retries or dead letters; its program has the twin's name. */
function payment({ change = {}, ...entry }: Entry): TwinEntry {
  const program = `retries/${entry.name}.ts`
  return { control: 'C2', ...entry, config: consumerOnly('payment', { program, ...change }) }
}

const RETRY = ['W19']

/** A dead-letter topic with one partition, as a broker makes it that makes topics by itself. */
const FEWER: Partial<ConsumerConfig> = {
  retry: {
    attempts: 4,
    delays: ['1s', '2s', '4s'],
    topics: ['payment-events-retry-0', 'payment-events-retry-1', 'payment-events-retry-2'],
    deadLetter: 'payment-events-dlt',
    deadLetterPartitions: 1,
  },
}

/** Broken retries and dead letters, with the violation that each must get. */
const BROKEN: readonly Entry[] = [
  {
    mutant: 'D1',
    name: 'retries-in-place-forever',
    expected: 'infinite-retry',
    windows: RETRY,
    says: 'tries again every second until it succeeds',
  },
  {
    mutant: 'D2',
    name: 'gives-up-early',
    expected: 'premature-dlt',
    windows: RETRY,
    says: 'tries again twice where three times are declared',
  },
  {
    mutant: 'D3',
    name: 'one-attempt-more',
    expected: 'retry-count-mismatch',
    windows: RETRY,
    says: 'tries again four times where three times are declared',
  },
  {
    mutant: 'D4',
    name: 'constant-delay',
    expected: 'wrong-backoff',
    windows: RETRY,
    says: 'waits a second before every retry',
  },
  {
    mutant: 'D5',
    name: 'delay-of-next-tier',
    expected: 'wrong-backoff',
    windows: RETRY,
    says: 'waits on each retry topic as long as it should on the next one',
  },
  {
    mutant: 'D6',
    name: 'sleeps-in-place',
    expected: 'duplicate-effect',
    windows: RETRY,
    says: 'sleeps between attempts for longer than the group waits for it, and remembers nothing',
    change: {
      program: 'retries/sleeps-in-place.ts',
      env: { MAX_POLL_INTERVAL_MS: '3000' },
      migrations: ['payments-without-key.sql'],
    },
  },
  {
    mutant: 'D7',
    name: 'no-original-headers',
    expected: 'dlt-missing-header',
    windows: RETRY,
    says: 'does not say where a dead letter came from',
  },
  {
    mutant: 'D8',
    name: 'value-written-anew',
    expected: 'dlt-mangled',
    windows: ['W19', 'W22'],
    says: 'passes on what it has read instead of the bytes that it got',
  },
  {
    mutant: 'D9',
    name: 'dead-letter-not-awaited',
    expected: 'dropped-when-dlt-down',
    windows: ['W20'],
    says: 'sends dead letters and does not wait until they are stored',
  },
  {
    mutant: 'D10',
    name: 'dead-letter-error-swallowed',
    expected: 'dropped-when-dlt-down',
    windows: ['W20'],
    says: 'logs a dead letter that can not be stored, and goes on',
  },
  {
    mutant: 'D11',
    name: 'dead-at-first-failure',
    expected: 'premature-dlt',
    windows: RETRY,
    says: 'gives an event up at its first failure',
  },
  {
    mutant: 'D12',
    name: 'retries-what-nothing-helps',
    expected: 'retry-on-nonretriable',
    windows: RETRY,
    says: 'tries again whatever the error says',
  },
  {
    mutant: 'D13',
    name: 'counts-in-memory',
    expected: 'infinite-retry',
    windows: RETRY,
    says: 'counts attempts in memory, by the place of the record',
  },
  {
    mutant: 'D14',
    name: 'count-not-raised',
    expected: 'infinite-retry',
    windows: RETRY,
    says: 'says on every retry that it is the first',
  },
  {
    mutant: 'D28',
    name: 'requeues',
    expected: 'requeued-on-own-topic',
    windows: RETRY,
    says: 'puts a failed event on the topic that it came from again',
  },
  {
    mutant: 'D15',
    name: 'retry-without-key',
    expected: 'dlt-mangled',
    windows: RETRY,
    says: 'passes records on without their key',
  },
  {
    mutant: 'D16',
    name: 'books-before-it-charges',
    expected: 'both-effect-and-dlt',
    windows: RETRY,
    says: 'keeps the effect of an event that it gives up',
  },
  {
    mutant: 'D17',
    name: 'retries-from-latest',
    // Nothing is committed behind what it never read: no evidence that it is lost.
    expected: 'stalled-consumer',
    windows: ['retry-waits'],
    says: 'begins to read a retry topic behind what is on it',
  },
  {
    mutant: 'D18',
    name: 'unreadable-ends-process',
    expected: 'stalled-consumer',
    windows: RETRY,
    says: 'ends on a record that it can not read',
  },
  {
    mutant: 'D19',
    name: 'dead-letter-loop',
    expected: 'dlt-loop',
    windows: RETRY,
    says: 'makes dead letters of dead letters',
  },
  {
    mutant: 'D20',
    name: 'retry-not-awaited',
    expected: 'lost-effect',
    windows: ['W20'],
    says: 'counts an event as done before its retry is stored',
  },
  {
    mutant: 'D21',
    name: 'waits-where-it-stands',
    expected: 'head-of-line-block',
    windows: RETRY,
    says: 'waits for a retry in place, although it declares retry topics: whoever is behind waits with it',
  },
  {
    mutant: 'D22',
    name: 'leader-only',
    control: 'P3',
    expected: 'acks-not-all',
    windows: RETRY,
    says: 'takes a dead letter for stored when the leader of its partition has it',
  },
  {
    mutant: 'D23',
    name: 'repeats-letters',
    control: 'P3',
    expected: 'not-idempotent',
    windows: RETRY,
    says: 'sends dead letters with a producer whose repetitions the broker stores',
  },
  {
    mutant: 'D24',
    name: 'retries-at-once',
    expected: 'early-retry',
    windows: RETRY,
    says: 'tries again at once, whatever is declared',
  },
  {
    mutant: 'D25',
    name: 'knows-its-dead',
    expected: 'replay-dead-on-arrival',
    windows: ['redrive-approved'],
    says: 'makes a dead letter of what was one before, without looking at it',
  },
  {
    mutant: 'D26',
    name: 'redrives-for-ever',
    expected: 'redriven-without-end',
    windows: ['parking-lot'],
    says: 'redrives what fails again and again, and puts nothing aside',
    change: { program: '../reference/payment/main.ts', redrive: { MAX_REDRIVES: '1000' } },
  },
  {
    mutant: 'D27',
    name: 'puts-aside-early',
    expected: 'put-aside-early',
    windows: ['parking-lot'],
    says: 'puts a dead letter aside after one redrive, where three are declared',
    change: { program: '../reference/payment/main.ts', redrive: { MAX_REDRIVES: '1' } },
  },
  {
    mutant: 'D41',
    name: 'letter-to-own-partition',
    expected: 'lost-to-dlt',
    windows: RETRY,
    says: 'sends a dead letter to the partition that its event had, which the dead-letter topic does not have',
    change: { program: 'retries/letter-to-own-partition.ts', consumer: FEWER },
  },
  {
    mutant: 'X41',
    name: 'alerts-once',
    expected: 'silent-alert',
    windows: RETRY,
    says: 'tells somebody of a dead letter once, whatever the answer is',
  },
  {
    mutant: 'X8',
    name: 'tells-nobody',
    expected: 'silent-alert',
    windows: RETRY,
    says: 'tells nobody of dead letters',
  },
]

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
const CORRECT: readonly Entry[] = [
  {
    mutant: 'B54',
    name: 'one-partition-of-letters',
    expected: 'HELD',
    windows: ['W19'],
    says: 'has one partition for all dead letters',
    change: { program: '../reference/payment/main.ts', consumer: FEWER },
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

export const RETRIES: readonly TwinEntry[] = [...BROKEN, ...CORRECT].map(payment)
