-- Events that were taken off their topic and are not worked on yet.
CREATE TABLE inbox (
  sequence bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id text        NOT NULL UNIQUE,
  body     jsonb       NOT NULL,
  done_at  timestamptz
);
CREATE INDEX ON inbox (sequence) WHERE done_at IS NULL;
