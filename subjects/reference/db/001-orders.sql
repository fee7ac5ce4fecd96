-- The business tables of the order service.

CREATE TABLE orders (
  id           text        PRIMARY KEY,
  customer_id  text        NOT NULL,
  total_amount bigint      NOT NULL CHECK (total_amount >= 0),
  version      integer     NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now()
);

-- What was answered to which command. Written in the command's own transaction, so that a command that is
-- repeated because its answer got lost is answered again instead of being carried out again.
CREATE TABLE order_commands (
  idempotency_key text        PRIMARY KEY,
  order_id        text        NOT NULL,
  answer          json,
  created_at      timestamptz NOT NULL DEFAULT now()
);
