import type { RestAnswer } from '../stack.ts'

/** One call to the REST interface of Kafka Connect; resolves with status and parsed body, whatever the status. */
export async function callConnect(
  base: string,
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  deadline = 10_000,
): Promise<RestAnswer> {
  const response = await fetch(new URL(path, base), {
    method,
    signal: AbortSignal.timeout(deadline),
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  return { status: response.status, body: parse(await response.text()) }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
