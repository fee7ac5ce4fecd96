-- A number from a sequence: what rolls back leaves a gap.
ALTER TABLE shipments ADD COLUMN number bigserial;
