import { withFulfillment, withOrderStates } from './fulfillment-twin.ts'
import type { TwinEntry } from './twin.ts'

/** Unusual but correct variants of the reference's consumers: none of them may be blamed. */
export const BENIGN_CONSUMERS: readonly TwinEntry[] = [
  {
    name: 'own-positions',
    mutant: 'B7',
    control: 'C1',
    expected: 'HELD',
    says: 'keeps its positions in the database of its effects',
    windows: ['W14', 'W18-late'],
    config: withFulfillment('own-positions', {
      migrations: ['positions.sql'],
      consumer: { progress: 'own' },
    }),
  },
  {
    name: 'sets-status',
    mutant: 'B8',
    control: 'C1',
    expected: 'HELD',
    says: 'writes the same thing again, and remembers nothing',
    windows: ['W13', 'W18-late'],
    config: withFulfillment('sets-status', { withoutDedupe: true, withoutOutputs: true }),
  },
  {
    name: 'version-guard',
    mutant: 'B9',
    control: 'C1',
    expected: 'HELD',
    says: 'keeps the newest version of each order, and remembers no events',
    windows: ['W13', 'W16', 'W18-late'],
    config: withOrderStates('version-guard'),
  },
  {
    name: 'business-key',
    mutant: 'B10',
    control: 'C1',
    expected: 'HELD',
    says: 'has a unique key of the business, and remembers no events',
    windows: ['W13', 'W18-concurrent'],
    config: withFulfillment('business-key', {
      migrations: ['unique-order-version.sql'],
      withoutDedupe: true,
      withoutOutputs: true,
    }),
  },
  {
    name: 'large-batches',
    mutant: 'B11',
    control: 'C1',
    expected: 'HELD',
    says: 'ships up to 500 events in one transaction, late',
    windows: ['W13', 'W15'],
    config: withFulfillment('large-batches'),
  },
  {
    name: 'broker-assigns',
    mutant: 'B26',
    control: 'C4',
    expected: 'HELD',
    says: 'lets the broker assign partitions and watch over sessions (KIP-848)',
    windows: ['W13', 'rolling-restart'],
    config: withFulfillment('broker-assigns'),
  },
  {
    name: 'rolls-back-often',
    mutant: 'B30',
    control: 'C1',
    expected: 'HELD',
    says: 'rolls back every second transaction: what is new once, which leaves gaps in its numbers',
    windows: ['W13', 'W14'],
    config: withFulfillment('rolls-back-often', { migrations: ['numbered-shipments.sql'] }),
  },
]
