-- Orders with a note that is stored apart from its row (TOAST): an update that leaves it alone does not log it.
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT repeat(md5(random()::text), 100);
ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL;
ALTER PUBLICATION outbox_publication ADD TABLE orders;
