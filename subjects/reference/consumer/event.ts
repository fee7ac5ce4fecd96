import { type ConsumedRecord, header } from './record.ts'

/** An event as its record tells of it, before anybody looks into its fields. */
export interface ConsumedEvent {
  /** The same for every copy of the event. */
  readonly id: string
  readonly type: string
  /** Version of the payload's schema. */
  readonly version: number
  readonly data: unknown
  /** W3C trace context. */
  readonly traceparent: string | undefined
}

/** The record can't be read as an event, and never will. */
export class UndecodableEvent extends Error {
  override readonly name = 'UndecodableEvent'
}

/** @throws {UndecodableEvent} when the id is missing or the value is not JSON */
export function eventOf(record: ConsumedRecord): ConsumedEvent {
  const id = header(record, 'eventId') ?? header(record, 'ce_id')
  if (id === undefined || id === '') throw new UndecodableEvent('the record has no eventId')
  return {
    id,
    type: header(record, 'eventType') ?? header(record, 'ce_type') ?? '',
    version: versionOf(header(record, 'eventVersion') ?? '1'),
    data: jsonOf(record.value),
    traceparent: header(record, 'traceparent'),
  }
}

function versionOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new UndecodableEvent(`eventVersion is '${text}', not a number from 1 on`)
  return Number(text)
}

function jsonOf(value: Buffer | null): unknown {
  if (value === null) throw new UndecodableEvent('the record has no value')
  try {
    // Bytes that are no UTF-8 are refused: replaced by a question mark they might pass for somebody's name.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(value))
  } catch (cause) {
    throw new UndecodableEvent('the value is not JSON', { cause })
  }
}

/** A field that is text and not empty. @throws {UndecodableEvent} that names it. */
export function textField(data: unknown, name: string): string {
  const value = part(data, name)
  if (typeof value !== 'string' || value === '') throw new UndecodableEvent(`${name} is not a non-empty text`)
  return value
}

/** A field that is a whole number. @throws {UndecodableEvent} that names it. */
export function wholeField(data: unknown, name: string, least = 0): number {
  const value = part(data, name)
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least)
    throw new UndecodableEvent(`${name} is not a whole number ≥ ${least}`)
  return value
}

/** A field of anything; undefined where there is none. */
export function part(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] : undefined
}
