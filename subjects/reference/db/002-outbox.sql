-- The outbox: events of committed changes, waiting to be published.

CREATE TABLE outbox_events (
  id             uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
  aggregate_type text        NOT NULL,
  aggregate_id   text        NOT NULL,
  event_type     text        NOT NULL,
  payload        text        NOT NULL,
  published      boolean     NOT NULL DEFAULT false,
  created_at     timestamptz NOT NULL DEFAULT now(),
  -- Where the command's trace goes on; stored, because the relay runs in another process and later.
  traceparent    text,
  -- The event that this one follows from, where a consumer publishes because of what it consumed.
  causation_id   text,
  -- CloudEvents' version of the envelope; a column, because Kafka Connect can't insert the text '1.0' as a header.
  specversion    text        NOT NULL DEFAULT '1.0',
  -- Order of insertion. Equals commit order per aggregate, because every command first locks its aggregate's
  -- row; across aggregates a smaller number may commit later, so nobody may read "everything above the last one".
  sequence       bigint      GENERATED ALWAYS AS IDENTITY,
  -- Aggregates are spread over 16 lanes; a relay works on a lane alone, which keeps the order per aggregate.
  lane           smallint    GENERATED ALWAYS AS ((hashtext(aggregate_id) & 15)::smallint) STORED,
  -- Set when the event can never be published. To try again: UPDATE … SET parked_at = NULL, parked_reason = NULL.
  parked_at      timestamptz,
  parked_reason  text
);

-- Holds only what is still to be done: finding work costs the same however many events were published before.
CREATE INDEX outbox_events_pending ON outbox_events (lane, sequence) WHERE NOT published AND parked_at IS NULL;

CREATE TABLE outbox_lanes (lane smallint PRIMARY KEY);
INSERT INTO outbox_lanes SELECT generate_series(0, 15);

-- Wakes the relay when a transaction with events commits. Once a statement, and Postgres folds equal
-- notifications of a transaction into one.
CREATE FUNCTION outbox_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END $$;

CREATE TRIGGER outbox_events_notify AFTER INSERT ON outbox_events
  FOR EACH STATEMENT EXECUTE FUNCTION outbox_notify();
