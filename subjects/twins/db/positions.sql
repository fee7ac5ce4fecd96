-- How far each partition was worked on, in the database of the effects.
CREATE TABLE positions (
  topic       text    NOT NULL,
  "partition" integer NOT NULL,
  next        bigint  NOT NULL,
  PRIMARY KEY (topic, "partition")
);
