-- Nothing keeps a shipment from being there twice.
ALTER TABLE shipments DROP CONSTRAINT shipments_pkey;
