import pg from 'pg'
import type { Attachment } from '../observers/attachments.ts'
import { type MarkedIn, marksOf } from './marked-in.ts'

/** The rows that a consumer writes when it has handled an event, and how to tell which event a row belongs to. */
export interface EffectRows {
  readonly table: string
  /** The column that tells the event: its id, or a key or an amount that only one event has. */
  readonly column: string
  /** `growth`: the column is a running sum, and what it grew by tells the event. Default `value`. */
  readonly by?: 'value' | 'growth'
  /** With `growth`: the column whose value is named behind what the sum grew by, for amounts that several rows have. */
  readonly key?: string
  /** Where a row tells that it is done: before that it is no effect. */
  readonly done?: MarkedIn
}

/**
 * A trigger function in schema `eventproof` that knows, in the variable `event`, which event the row belongs to:
 * as text, a number without trailing zeros (16 for 16.00), NULL where the row tells nothing, or is not done yet.
 */
export function effectTriggerSql(name: string, effects: EffectRows, declare: string, body: string): string {
  return `
    CREATE OR REPLACE FUNCTION eventproof.${name}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      event text := ${doneEventOf(effects)};
      ${declare}
    BEGIN
      ${body}
    END $$;`
}

function doneEventOf(effects: EffectRows): string {
  if (effects.done === undefined) return eventOf(effects)
  const { column, values } = marksOf(effects.done)
  const value = `to_jsonb(NEW) ->> ${pg.escapeLiteral(column)}`
  const list = (values ?? ['f', 'false', '0', '']).map((one) => pg.escapeLiteral(one)).join(', ')
  return `CASE WHEN (${value}) ${values === undefined ? 'NOT IN' : 'IN'} (${list}) THEN ${eventOf(effects)} END`
}

function eventOf({ column, by = 'value', key }: EffectRows): string {
  const name = pg.escapeLiteral(column)
  if (by === 'growth') {
    const of = key === undefined ? '' : ` || ' ' || (to_jsonb(NEW) ->> ${pg.escapeLiteral(key)})`
    return `trim_scale((to_jsonb(NEW) ->> ${name})::numeric
        - CASE TG_OP WHEN 'UPDATE' THEN coalesce((to_jsonb(OLD) ->> ${name})::numeric, 0) ELSE 0 END)::text${of}`
  }
  return `CASE jsonb_typeof(to_jsonb(NEW) -> ${name})
        WHEN 'number' THEN trim_scale((to_jsonb(NEW) ->> ${name})::numeric)::text ELSE to_jsonb(NEW) ->> ${name} END`
}

/** Before what triggers call. */
export const EFFECT_SCHEMA = `
    CREATE SCHEMA IF NOT EXISTS eventproof;
    GRANT USAGE ON SCHEMA eventproof TO PUBLIC;`

/** Triggers on the effects: where a column is not there, they would find NULL in it and let everyone through. */
export function onEffects(name: string, { table, column, key, done }: EffectRows, sql: string): Attachment {
  const more = [key, done === undefined ? undefined : marksOf(done).column]
  return { name, table, columns: [column, ...more.filter((one) => one !== undefined)], sql }
}
