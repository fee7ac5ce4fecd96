import type { PublisherConfig } from '../../subjects/contract/index.ts'
import type { PublisherDeclaration } from './plan.ts'

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
  const relay = relayOf(config).kind
  return {
    name,
    relay,
    state: config.state,
    ...(config.outbox ? { outbox: config.outbox } : {}),
    topic: `${names.topicPrefix}${config.topic}`,
    ...(config.topicSettings?.['cleanup.policy']?.includes('compact') ? { compacted: true } : {}),
    eventId: config.eventId,
    ...(config.events ? { events: config.events } : {}),
    ...(config.eventTypeHeader ? { eventTypeHeader: config.eventTypeHeader } : {}),
    order: config.order ?? 'per-key',
    duplicates: config.duplicates ?? 'allowed',
    ...(config.answers ? { answers: config.answers } : {}),
    ...(relay === 'debezium' ? { slot: names.slot } : {}),
  }
}
