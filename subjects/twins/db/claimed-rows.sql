ALTER TABLE outbox_events
  ADD status text NOT NULL DEFAULT 'NEW',
  ADD locked_until timestamptz;
