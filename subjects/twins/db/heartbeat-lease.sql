-- One session beats, so that two connectors do not wait for each other's row; the lease has no end.
CREATE TABLE heartbeat_lease (id smallint PRIMARY KEY, backend int NOT NULL);

CREATE FUNCTION beat() RETURNS void LANGUAGE sql AS $$
  INSERT INTO heartbeat_lease VALUES (1, pg_backend_pid()) ON CONFLICT DO NOTHING;
  UPDATE debezium_heartbeat SET beat_at = now()
   WHERE id = 1 AND (SELECT backend FROM heartbeat_lease) = pg_backend_pid();
$$;
