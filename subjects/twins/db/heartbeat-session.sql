-- Whose heartbeat it is.
CREATE TABLE heartbeat_session (pid integer NOT NULL);
