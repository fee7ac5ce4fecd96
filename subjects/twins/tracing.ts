import { withFulfillment } from './fulfillment-twin.ts'
import { consumerOnly, type TwinEntry, withOrders, withRelay } from './twin.ts'

/** Every scenario about traces. */
const ASKED = ['O4']

/** How trace contexts are passed on: variants that lose them, and one that is unusual but correct. */
export const TRACING: readonly TwinEntry[] = [
  {
    name: 'cut-at-outbox',
    mutant: 'T1',
    control: 'O4',
    expected: 'trace-cut',
    says: 'writes no trace context to its outbox',
    relay: 'polling',
    windows: ASKED,
    config: withOrders('cut-at-outbox'),
  },
  {
    name: 'cut-at-retry',
    mutant: 'T2',
    control: 'O4',
    expected: 'trace-cut',
    says: 'passes failed events on without their trace context',
    windows: ASKED,
    config: consumerOnly('payment', { program: 'retries/cut-at-retry.ts' }),
  },
  {
    name: 'two-trace-contexts',
    mutant: 'T3',
    control: 'O4',
    expected: 'two-trace-contexts',
    says: 'adds a second trace context to the one that is there',
    relay: 'polling',
    windows: ASKED,
    config: withRelay('two-trace-contexts'),
  },
  {
    name: 'own-trace',
    mutant: 'T4',
    control: 'O4',
    expected: 'trace-begun-anew',
    says: 'begins a trace of its own with each event',
    windows: ASKED,
    config: withFulfillment('own-trace'),
  },
  {
    name: 'always-sampled',
    mutant: 'T5',
    control: 'O4',
    expected: 'sampled-out-flag-lost',
    says: 'sends each trace on as one that is sampled',
    relay: 'polling',
    windows: ASKED,
    config: withRelay('always-sampled'),
  },
  {
    name: 'loses-its-parents',
    mutant: 'T6',
    control: 'O4',
    expected: 'unknown-parent',
    says: 'exports spans whose parents are in no trace',
    windows: ASKED,
    config: withFulfillment('loses-its-parents'),
  },
  {
    name: 'links-a-batch',
    mutant: 'B91',
    control: 'O4',
    expected: 'HELD',
    says: 'handles a batch in a trace of its own, with links to those of its events',
    windows: ASKED,
    config: withFulfillment('links-a-batch'),
  },
  {
    name: 'hop-spans',
    mutant: 'B90',
    control: 'O4',
    expected: 'HELD',
    says: 'sends each record from a span of its own, with tracestate and baggage beside',
    relay: 'polling',
    windows: ASKED,
    config: withRelay('hop-spans'),
  },
]
