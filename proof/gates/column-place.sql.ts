import pg from 'pg'
import { type ColumnPlace, columnOf } from '../history/column-place.ts'

/** `eventproof.said(row, column, path)`: what a row says in a column, or, where there is a path, in the JSON that the column holds. */
export const SAID = `
    CREATE OR REPLACE FUNCTION eventproof.said(said jsonb, name text, path text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE held text := said ->> name;
    BEGIN
      IF path = '' THEN RETURN held; END IF;
      IF held LIKE '\\\\x%' THEN held := convert_from(held::bytea, 'UTF8'); END IF;
      RETURN held::jsonb #>> string_to_array(path, '.');
    -- It is no JSON.
    EXCEPTION WHEN data_exception THEN RETURN NULL;
    END $$;`

/** The name and the path, as arguments of that function and of triggers. */
export function placeArguments(place: ColumnPlace): string {
  const path = typeof place === 'string' ? '' : place.json.replace(/^\$\.?/, '')
  return `${pg.escapeLiteral(columnOf(place))}, ${pg.escapeLiteral(path)}`
}
