import type { ConsumerConfig } from '../../scenarios/config.ts'
import { type ConsumerChange, consumerOnly, type TwinEntry } from './twin.ts'

export type PaymentEntry = Pick<
  TwinEntry,
  'mutant' | 'name' | 'expected' | 'antiPattern' | 'windows' | 'says'
> & {
  /** C2 where it breaks nothing else. */
  readonly control?: TwinEntry['control']
  readonly change?: ConsumerChange
}

/** The reference's payment service with other retries or dead letters; its program has the twin's name. */
export function payment({ change = {}, ...entry }: PaymentEntry): TwinEntry {
  const program = `retries/${entry.name}.ts`
  return { control: 'C2', ...entry, config: consumerOnly('payment', { program, ...change }) }
}

/** A dead-letter topic with one partition, as a broker makes it that makes topics by itself. */
export const FEWER: Partial<ConsumerConfig> = {
  retry: {
    attempts: 4,
    delays: ['1s', '2s', '4s'],
    topics: ['payment-events-retry-0', 'payment-events-retry-1', 'payment-events-retry-2'],
    deadLetter: 'payment-events-dlt',
    deadLetterPartitions: 1,
  },
}
