import type { HistoryEvent } from '../proof/history/event.ts'
import { shown, trimmed } from './shown.ts'

const VALUE_LIMIT = 200
const EVENT_LIMIT = 1200

/** An event's own fields as JSON, long values cut. Payloads are evidence, not decoration: enough to recognise them. */
export function payloadOf(event: HistoryEvent): string {
  const { seq, at, scenario, kind, ...fields } = event
  return trimmed(JSON.stringify(fields, short), EVENT_LIMIT)
}

function short(_name: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > VALUE_LIMIT ? trimmed(value, VALUE_LIMIT) : value
}

/** Anything as one line of text. */
export function oneLine(text: string): string {
  return shown(text).replace(/\s+/g, ' ').trim()
}
