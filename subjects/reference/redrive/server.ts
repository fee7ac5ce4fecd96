import { createServer, type IncomingMessage, type Server } from 'node:http'
import { log, textOf } from '../service/log.ts'

export interface RedriveServerParts {
  readonly waiting: () => Promise<unknown>
  readonly redrive: (by: string, eventIds?: readonly string[]) => Promise<number>
  readonly healthy: () => Promise<Readonly<Record<string, boolean>>>
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

class InvalidApproval extends Error {
  override readonly name = 'InvalidApproval'
}

/**
 * `GET /dead-letters` lists what waits; `POST /redrives` approves: `{"by": "name", "eventIds": […]}`, or
 * `"all": true` instead of the ids; `GET /health`.
 */
export function redriveServer(parts: RedriveServerParts): Server {
  return createServer((request, response) => {
    answer(parts, request)
      .catch(failure)
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      })
  })
}

async function answer(
  { waiting, redrive, healthy }: RedriveServerParts,
  request: IncomingMessage,
): Promise<Answer> {
  switch (`${request.method} ${request.url}`) {
    case 'GET /health': {
      const states = await healthy()
      return { status: Object.values(states).every(Boolean) ? 200 : 503, body: states }
    }
    case 'GET /dead-letters':
      return { status: 200, body: await waiting() }
    case 'POST /redrives': {
      const { by, eventIds } = approval(await jsonOf(request))
      return { status: 200, body: { redriven: await redrive(by, eventIds) } }
    }
    default:
      return { status: 404, body: { error: `there is nothing at ${request.method} ${request.url}` } }
  }
}

/** Everything is redriven only where that was said: a misspelt field must not mean "all". */
export function approval(body: unknown): { by: string; eventIds?: readonly string[] } {
  const { by, eventIds, all } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >
  if (typeof by !== 'string' || by === '') throw new InvalidApproval('by is not the name of somebody')
  if (all === true && eventIds === undefined) return { by }
  if (all === undefined && Array.isArray(eventIds) && eventIds.every((id) => typeof id === 'string'))
    return { by, eventIds }
  throw new InvalidApproval('neither eventIds, a list of texts, nor all: true was given')
}

function failure(error: unknown): Answer {
  const body = { error: textOf(error) }
  if (error instanceof InvalidApproval) return { status: 400, body }
  log('a request failed', body)
  return { status: 503, body }
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw new InvalidApproval('the body is not JSON')
  }
}
