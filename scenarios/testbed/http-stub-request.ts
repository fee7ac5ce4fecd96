import type { IncomingHttpHeaders } from 'node:http'
import type { EventIdSource } from '../../proof/history/event-id.ts'
import { at, isObject, parsed } from '../../proof/history/json-content.ts'

export interface ReceivedRequest {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** What stands behind the path's `?`. */
  readonly query?: string
}

/**
 * Which event a request is about, found where a record would carry its id: in the header of that name, in the
 * CloudEvents header `ce-id`, at the JSON path; a header's name may also be that of a field of the body.
 */
export function requestEventReader(source: EventIdSource): (request: ReceivedRequest) => string | undefined {
  if ('header' in source) {
    const name = source.header.toLowerCase()
    return ({ headers, body }) => text(headers[name]) ?? fieldOf(parsed(body), source.header)
  }
  if ('cloudEvent' in source) {
    return ({ headers, body }) => text(headers['ce-id']) ?? text(at(parsed(body), '$.id'))
  }
  return ({ body }) => text(at(parsed(body), source.json))
}

function fieldOf(body: unknown, name: string): string | undefined {
  return isObject(body) ? text(body[name]) : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
