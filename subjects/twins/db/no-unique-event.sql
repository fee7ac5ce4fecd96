-- Nothing keeps an event from being remembered twice.
ALTER TABLE processed_events DROP CONSTRAINT processed_events_pkey;
