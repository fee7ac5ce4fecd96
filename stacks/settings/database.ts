/**
 * Of a Postgres server, whatever runs it: as in production where a scenario could tell the difference (fsync and
 * synchronous_commit are on), small where it could not.
 */
export const DATABASE_SETTINGS = {
  wal_level: 'logical',
  max_replication_slots: '64',
  max_wal_senders: '64',
  max_connections: '200',
  shared_buffers: '32MB',
  fsync: 'on',
  synchronous_commit: 'on',
  track_commit_timestamp: 'on',
  max_logical_replication_workers: '0',
  log_line_prefix: '%m [%p] ',
} as const
