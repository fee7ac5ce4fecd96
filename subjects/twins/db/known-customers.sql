-- Customers that another stream has told of so far.
CREATE TABLE customers (id text PRIMARY KEY);
INSERT INTO customers SELECT 'customer-of-key-' || lpad(n::text, 2, '0') FROM generate_series(1, 20) AS n;
