import type { SubjectConfig } from '../../scenarios/config.ts'
import { serviceNamed } from '../contract/config.ts'
import { consumerOnly, type TwinEntry, withPublisher } from './twin.ts'

/** The same config of a service whose names stand in its code: nothing is put before them, and none can be told another. */
function withoutPrefix(
  config: SubjectConfig,
  name: string,
  env: Readonly<Record<string, string>>,
): SubjectConfig {
  const service = serviceNamed(config, name)
  return {
    ...config,
    services: { ...config.services, [name]: { ...service, env: { ...service.env, ...env } } },
  }
}

/** The database of that name. */
const DATABASE = {
  DATABASE_URL: 'postgres://{postgres.user}:{postgres.password}@{postgres.host}:{postgres.port}/shop',
}

/** Names of topics, groups and databases that can't be changed: each scenario has a broker of its own. */
export const LITERAL: readonly TwinEntry[] = [
  {
    name: 'literal-names',
    mutant: 'B80',
    control: 'P1',
    expected: 'HELD',
    says: 'knows one topic and one database, by names that stand in its code',
    relay: 'polling',
    windows: ['W4', 'W5'],
    config(reference) {
      const orders = withoutPrefix(withPublisher({})(reference), 'orders', DATABASE)
      return withoutPrefix(orders, 'relay', { ...DATABASE, TOPIC_PREFIX: '' })
    },
  },
  {
    name: 'literal-payments',
    mutant: 'B81',
    control: 'C2',
    expected: 'HELD',
    says: 'knows one topic, its retry topics and one group, by names that stand in its code',
    windows: ['W19'],
    config(reference) {
      const payment = withoutPrefix(consumerOnly('payment', {})(reference), 'payment', {
        TOPIC_PREFIX: '',
        CONSUMER_GROUP: 'payment-group',
      })
      return withoutPrefix(payment, 'redrive', { TOPIC_PREFIX: '', CONSUMER_GROUP: 'payment-redrive-group' })
    },
  },
]
