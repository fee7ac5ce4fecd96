ALTER TABLE payments DROP CONSTRAINT payments_pkey;
