-- What was ordered in all, by order: no row tells which events are in it.
CREATE TABLE order_totals (
  order_id text    PRIMARY KEY,
  total    numeric NOT NULL
);
