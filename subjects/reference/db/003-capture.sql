-- For the Debezium way of publishing: what the connector reads.

-- Written by the connector's heartbeat, so that its replication slot moves on while no order comes in.
CREATE TABLE debezium_heartbeat (
  id      smallint    PRIMARY KEY,
  beat_at timestamptz NOT NULL
);
INSERT INTO debezium_heartbeat VALUES (1, now());

-- Made here and not by the connector: a publication that follows the schema's migrations can't miss a table.
CREATE PUBLICATION outbox_publication FOR TABLE outbox_events, debezium_heartbeat;
