import type { SubjectConfig } from '../../scenarios/config.ts'
import { serviceNamed } from '../contract/config.ts'
import { type TwinEntry, withRelay } from './twin.ts'

/** Which topics are used for what: variants that are broken, and one that is unusual but declared. */
export const TOPOLOGY: readonly TwinEntry[] = [
  {
    name: 'tells-audit',
    mutant: 'E5',
    control: 'D1',
    expected: 'undeclared-topic-written',
    says: 'tells a topic of its batches that nobody declared',
    relay: 'polling',
    windows: ['D1'],
    config: withRelay('tells-audit'),
  },
  {
    name: 'two-domains',
    mutant: 'E6',
    control: 'D5',
    expected: 'two-domains-on-topic',
    antiPattern: 'one-topic-for-everything',
    says: 'puts events of customers on the topic of orders',
    relay: 'polling',
    windows: ['D5'],
    config: withRelay('two-domains'),
  },
  {
    name: 'audit-declared',
    mutant: 'B61',
    control: 'D1',
    expected: 'HELD',
    says: 'tells a further topic of its batches, as its AsyncAPI document says',
    relay: 'polling',
    windows: ['D1'],
    config: (reference) => documented(withRelay('tells-audit')(reference)),
  },
]

function documented(config: SubjectConfig): SubjectConfig {
  const relay = { ...serviceNamed(config, 'relay'), asyncapi: 'subjects/twins/asyncapi/relay.yaml' }
  return { ...config, services: { ...config.services, relay } }
}
