-- How far a shipment is: it may be written down before it is done.
ALTER TABLE shipments ADD COLUMN status text NOT NULL DEFAULT 'done';
