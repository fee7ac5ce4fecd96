/** The requests that the proxy looks into, by the name of their definition in kebab-case. */
export const apiNames = [
  'produce',
  'fetch',
  'metadata',
  'offset-commit',
  'txn-offset-commit',
  'offset-fetch',
  'find-coordinator',
  'join-group',
  'heartbeat',
  'leave-group',
  'sync-group',
  'api-versions',
  'init-producer-id',
  'describe-cluster',
  'consumer-group-heartbeat',
] as const

export type ApiName = (typeof apiNames)[number]
