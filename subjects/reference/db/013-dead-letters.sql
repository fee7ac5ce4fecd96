-- Dead letters that wait for somebody to decide, and what was decided.

CREATE TABLE dead_letters (
  topic          text        NOT NULL,
  "partition"    integer     NOT NULL,
  "offset"       bigint      NOT NULL,
  event_id       text,
  original_topic text        NOT NULL,
  error          text        NOT NULL,
  -- How often it was redriven before it came here again.
  redrives       integer     NOT NULL,
  -- The record, byte for byte. Names and values of headers, in their order.
  "key"          bytea,
  value          bytea,
  headers        jsonb       NOT NULL,
  arrived_at     timestamptz NOT NULL DEFAULT now(),
  decided_at     timestamptz,
  decision       text        CHECK (decision IN ('redriven', 'parked')),
  decided_by     text,
  PRIMARY KEY (topic, "partition", "offset")
);

-- Holds only what is still to be decided.
CREATE INDEX dead_letters_waiting ON dead_letters (arrived_at) WHERE decision IS NULL;
