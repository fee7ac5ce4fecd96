-- What the fulfillment service does about order events.

-- One shipment an event: the effect.
CREATE TABLE shipments (
  event_id    text        PRIMARY KEY,
  order_id    text        NOT NULL,
  customer_id text        NOT NULL,
  amount      bigint      NOT NULL CHECK (amount >= 0),
  currency    text        NOT NULL,
  version     integer     NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);

-- What is known of each order: its newest version, whatever the order in which events come.
CREATE TABLE fulfilled_orders (
  order_id   text        PRIMARY KEY,
  event_id   text        NOT NULL,
  amount     bigint      NOT NULL,
  version    integer     NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
