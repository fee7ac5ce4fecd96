import { outboxConnector } from '../../reference/connect/outbox-connector.ts'

/** Beats as long as the session lives that began it: after its first restart it is silent (O43). */
export const leasedHeartbeat: Readonly<Record<string, string>> = {
  ...outboxConnector,
  'heartbeat.action.query': 'SELECT beat()',
}
