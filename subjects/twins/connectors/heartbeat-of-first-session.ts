import { outboxConnector } from '../../reference/connect/outbox-connector.ts'

/**
 * A heartbeat that only the connector's first session may write: after a restart it finds no row of its own, writes
 * nothing, and fails nowhere (O52).
 */
export const heartbeatOfFirstSession: Readonly<Record<string, string>> = {
  ...outboxConnector,
  'heartbeat.action.query': [
    'WITH first AS (INSERT INTO heartbeat_session SELECT pg_backend_pid()',
    'WHERE NOT EXISTS (SELECT FROM heartbeat_session))',
    'UPDATE debezium_heartbeat SET beat_at = now()',
    'WHERE id = 1 AND (SELECT pid FROM heartbeat_session) = pg_backend_pid()',
  ].join(' '),
}
