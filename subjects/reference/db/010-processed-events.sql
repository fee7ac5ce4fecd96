-- Which consumer has taken which event into account. The row is written in the transaction of the effect, and the
-- key decides: of two copies of an event that are worked on at the same time, the second waits for the first to
-- commit and then finds it there. Each consumer has rows of its own: what one has done, another has still to do.

CREATE TABLE processed_events (
  event_id     text        NOT NULL,
  consumer     text        NOT NULL,
  processed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (event_id, consumer)
);
