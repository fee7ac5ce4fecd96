import { consumerOnly, type TwinEntry } from './twin.ts'

/** Broken variants of how a consumer calls outside. */
export const CALLS: readonly TwinEntry[] = [
  {
    name: 'unkeyed-call',
    mutant: 'C13',
    control: 'C1',
    expected: 'unkeyed-external-call',
    says: 'calls outside without a key by which a repeated call could be recognised',
    windows: ['W18-adjacent'],
    config: consumerOnly('payment', { program: 'consumers/unkeyed-call.ts' }),
  },
  {
    name: 'fresh-key',
    mutant: 'C41',
    control: 'C1',
    expected: 'duplicate-external-call',
    says: 'calls outside with another idempotency key at each try',
    windows: ['W19'],
    config: consumerOnly('payment', { program: 'consumers/fresh-key.ts' }),
  },
  {
    name: 'key-of-payment',
    mutant: 'C62',
    control: 'C1',
    expected: 'shared-idempotency-key',
    says: 'calls outside with the key of what it is about, which all events of it share',
    windows: ['W19'],
    config: consumerOnly('payment', { program: 'consumers/key-of-payment.ts' }),
  },
  {
    name: 'books-first',
    mutant: 'C63',
    control: 'C1',
    expected: 'lost-call',
    says: 'books before it calls, and takes what is booked for done',
    windows: ['outside-out-of-reach'],
    config: consumerOnly('payment', { program: 'consumers/books-first.ts' }),
  },
]
