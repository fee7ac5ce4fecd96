CREATE TABLE outbox_leases (event_id uuid PRIMARY KEY, taken_at timestamptz NOT NULL DEFAULT now());
