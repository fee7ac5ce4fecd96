CREATE TABLE relay_cursor (position text NOT NULL);
INSERT INTO relay_cursor VALUES ('');
