/** Advisory lock classes of the gates: any two 32-bit numbers that a service is unlikely to use. */
export const GATE_CLASS = { commit: 0x45500001, mark: 0x45500002 } as const

/**
 * A gate is an advisory lock that a trigger takes shared and the harness holds exclusively while the gate is closed:
 * who comes to a closed gate waits in the server, visibly, and no code of the service is changed. Locks of a dead
 * harness vanish, so a gate can never stay closed. Each row passes the gate of its key, so other keys flow on.
 *
 * The commit gate and the refusal are deferred constraint triggers: they run inside COMMIT, before its record.
 */
export function gateSql(names: {
  /** Escaped identifiers and literals. */
  readonly stateTable: string
  readonly stateKey: string
  readonly outboxTable?: string
  readonly outboxKey?: string
}): string {
  const mark =
    names.outboxTable && names.outboxKey
      ? `CREATE TRIGGER eventproof_mark_gate BEFORE UPDATE OR DELETE ON ${names.outboxTable}
           FOR EACH ROW EXECUTE FUNCTION eventproof.pass_mark_gate(${names.outboxKey});`
      : ''
  return `
    CREATE SCHEMA eventproof;
    GRANT USAGE ON SCHEMA eventproof TO PUBLIC;
    CREATE TABLE eventproof.refused (key text PRIMARY KEY);
    GRANT SELECT ON eventproof.refused TO PUBLIC;

    CREATE FUNCTION eventproof.pass_commit_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE key text := to_jsonb(NEW) ->> TG_ARGV[0];
    BEGIN
      IF EXISTS (SELECT FROM eventproof.refused r WHERE r.key = pass_commit_gate.key) THEN
        RAISE EXCEPTION 'eventproof refuses the commit of %', key USING ERRCODE = 'P0001';
      END IF;
      PERFORM pg_advisory_xact_lock_shared(${GATE_CLASS.commit}, hashtext(key));
      RETURN NULL;
    END $$;

    CREATE FUNCTION eventproof.pass_mark_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(${GATE_CLASS.mark}, hashtext(to_jsonb(OLD) ->> TG_ARGV[0]));
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;

    CREATE CONSTRAINT TRIGGER eventproof_commit_gate AFTER INSERT OR UPDATE ON ${names.stateTable}
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION eventproof.pass_commit_gate(${names.stateKey});
    ${mark}`
}
