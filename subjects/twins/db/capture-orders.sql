ALTER PUBLICATION outbox_publication ADD TABLE orders;
