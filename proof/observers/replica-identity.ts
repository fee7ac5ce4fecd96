import pg from 'pg'
import { attach, quotedTable } from './attachments.ts'

/** From now on the database's own log tells what was in a row of this table before it is written over. */
export function tellRowsBefore(url: string, table: string): Promise<void> {
  // Partitions do not take it from their table.
  const sql = `DO $each$ DECLARE part regclass; BEGIN
      FOR part IN SELECT ${relation(table)} UNION SELECT relid FROM pg_partition_tree(${relation(table)}) LOOP
        EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', part);
      END LOOP;
    END $each$`
  return attach(url, [{ name: `rows before of ${table}`, table, columns: [], sql, eachPartition: true }])
}

const relation = (table: string) => `${pg.escapeLiteral(quotedTable(table))}::regclass`
