import { outboxConnector } from '../../reference/connect/outbox-connector.ts'

const settings = Object.entries(outboxConnector).filter(([name]) => !name.startsWith('heartbeat.'))

/** Confirms a position only when an event of its own passes (O33). */
export const noHeartbeat: Readonly<Record<string, string>> = Object.fromEntries(settings)
