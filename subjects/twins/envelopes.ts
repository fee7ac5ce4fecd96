import { consumerOnly, type TwinEntry, withRelay } from './twin.ts'

/** Every scenario that asks for CloudEvents. */
const ASKED = ['D2']

/** How events are wrapped: variants of CloudEvents, broken ones and one that is unusual but correct. */
export const ENVELOPES: readonly TwinEntry[] = [
  {
    name: 'no-envelope',
    mutant: 'E1',
    control: 'D2',
    expected: 'no-cloud-event',
    says: 'puts id and type into headers of its own, and writes no CloudEvents',
    relay: 'polling',
    windows: ASKED,
    config: withRelay('no-envelope'),
  },
  {
    name: 'id-of-aggregate',
    mutant: 'E2',
    control: 'D2',
    expected: 'shared-source-and-id',
    says: 'gives all events of an order one CloudEvents id',
    relay: 'polling',
    windows: ASKED,
    config: withRelay('id-of-aggregate'),
  },
  {
    name: 'time-of-database',
    mutant: 'E3',
    control: 'D2',
    expected: 'attribute-wrong',
    says: 'writes the time of a CloudEvent as its database does',
    relay: 'polling',
    windows: ASKED,
    config: withRelay('time-of-database'),
  },
  {
    name: 'bare-letters',
    mutant: 'E4',
    control: 'D2',
    expected: 'no-cloud-event',
    says: 'passes failed events on without their envelope',
    windows: ASKED,
    config: consumerOnly('payment', { program: 'retries/bare-letters.ts' }),
  },
  {
    name: 'structured',
    mutant: 'B60',
    control: 'D2',
    expected: 'HELD',
    says: 'publishes CloudEvents in structured mode',
    relay: 'polling',
    windows: ASKED,
    config: withRelay('structured', { publisher: { eventId: { cloudEvent: 'id' } } }),
  },
]
