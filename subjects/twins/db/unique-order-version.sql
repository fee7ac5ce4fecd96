-- What makes a shipment one: the order and its version, which no event id is needed for.
ALTER TABLE shipments DROP CONSTRAINT shipments_pkey;
ALTER TABLE shipments ADD PRIMARY KEY (order_id, version);
