import { createServer, type Server } from 'node:http'

/** `GET /health`: 200 when every part is connected, 503 with their names and states otherwise. */
export function healthServer(parts: Readonly<Record<string, () => Promise<boolean>>>): Server {
  return createServer(async ({ url }, response) => {
    if (url !== '/health') return response.writeHead(404).end()
    const states = Object.fromEntries(
      await Promise.all(Object.entries(parts).map(async ([name, check]) => [name, await check()] as const)),
    )
    const up = Object.values(states).every((state) => state)
    response.writeHead(up ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify(states))
  })
}
