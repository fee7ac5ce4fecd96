-- The time of insertion, not that of the transaction's begin: behind the lock of the order it follows its commits.
ALTER TABLE outbox_events ALTER COLUMN created_at SET DEFAULT clock_timestamp();
