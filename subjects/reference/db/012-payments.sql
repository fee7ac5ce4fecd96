-- What the payment service does about payment events: one payment an event, written after the gateway took the money.

CREATE TABLE payments (
  event_id   text        PRIMARY KEY,
  payment_id text        NOT NULL,
  amount     bigint      NOT NULL CHECK (amount > 0),
  created_at timestamptz NOT NULL DEFAULT now()
);
