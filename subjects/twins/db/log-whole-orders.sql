-- The database's log has every column of an order that is changed, also those that are stored apart.
ALTER TABLE orders REPLICA IDENTITY FULL;
