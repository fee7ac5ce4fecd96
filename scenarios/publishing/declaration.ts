import { pick } from '../../core/pick.ts'
import type { PublisherConfig } from './config.ts'
import { AS_DECLARED, type PublisherDeclaration } from './plan.ts'

/** How the relay of a publisher runs; derived once, so that nobody else looks into the config's shapes. */
export type RelayKind =
  | { readonly kind: 'polling'; readonly service: string }
  | { readonly kind: 'debezium'; readonly connector: Readonly<Record<string, string>> }

export function relayOf(publisher: PublisherConfig): RelayKind {
  const { relay, service } = publisher
  if (typeof relay !== 'string') return { kind: 'debezium', connector: relay.debezium.connector }
  return { kind: 'polling', service: relay === 'polling' ? service : relay }
}

/** What the predicates need to know of a publisher, with the names that it has in this scenario. */
export function declare(
  name: string,
  config: PublisherConfig,
  names: { topicPrefix: string; slot: string },
): PublisherDeclaration {
  const { topic, topicSettings = {}, order = 'per-key', duplicates = 'allowed' } = config
  const relay = relayOf(config).kind
  return {
    ...pick(config, AS_DECLARED),
    name,
    service: config.service,
    takes: [config.command.http, ...(config.command.again ? [config.command.again.http] : [])].map(
      ({ method, path }) => `${method} ${path}`,
    ),
    relay,
    topic: names.topicPrefix + topic,
    ...(topicSettings['cleanup.policy']?.includes('compact') ? { compacted: true } : {}),
    order,
    duplicates,
    ...(relay === 'debezium' ? { slot: names.slot } : {}),
  }
}
