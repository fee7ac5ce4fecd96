-- The business table of a service that numbers its orders itself.
CREATE TABLE sales (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer text   NOT NULL,
  amount   bigint NOT NULL
);
