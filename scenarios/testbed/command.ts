import type { Random } from '../../core/random.ts'
import type { RequestConfig } from '../../subjects/contract/index.ts'
import { amountValues, fill, fillJson, keyValues } from '../../subjects/contract/placeholders.ts'

/** One command to the service under test. */
export interface Command {
  readonly op: string
  readonly key: string
  /** By which the service calls the aggregate; absent where the command is sent by our key, or makes one. */
  readonly id?: string
  /** Unique in the run; what a committed row is recognised by. */
  readonly amount: number
  readonly idempotencyKey: string
  readonly traceparent: string
  readonly refused: boolean
}

export interface Answer {
  readonly outcome: 'ok' | 'fail' | 'info'
  readonly status: number
  readonly reason: string
  /** The whole body, where it was read. */
  readonly body?: string
}

/** So many traces are not sampled: one in four. */
const SAMPLED_OUT = 4

/** 16 and 8 random bytes in the form of W3C Trace Context, and whether it is sampled, from the scenario's seed. */
export function traceparent(random: Random): string {
  const hex = (digits: number) => Array.from({ length: digits }, () => random.below(16).toString(16)).join('')
  return `00-${hex(32)}-${hex(16)}-${random.below(SAMPLED_OUT) === 0 ? '00' : '01'}`
}

/**
 * Sends a command as the config describes it. A 2xx is `ok`, a 4xx a definite refusal (`fail`); all else, no answer
 * within `deadline` included, says nothing about the outcome (`info`) and is settled from the database.
 */
export async function send(
  command: Command,
  request: RequestConfig,
  origin: string,
  deadline: number,
): Promise<Answer> {
  const values = {
    ...keyValues(command.key),
    ...(command.id === undefined ? {} : { id: command.id }),
    ...amountValues(command.amount),
    commandId: command.idempotencyKey,
  }
  const headers = Object.entries(request.headers ?? {}).map(
    ([name, value]) => [name, fill(value, values)] as const,
  )
  try {
    const response = await fetch(origin + fill(request.path, values), {
      method: request.method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': command.idempotencyKey,
        traceparent: command.traceparent,
        ...Object.fromEntries(headers),
      },
      ...(request.json === undefined ? {} : { body: JSON.stringify(fillJson(request.json, values)) }),
      signal: AbortSignal.timeout(deadline),
    })
    const body = await response.text()
    const outcome = response.ok ? 'ok' : response.status < 500 ? 'fail' : 'info'
    return { outcome, status: response.status, reason: body.slice(0, 200), body }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return {
      outcome: 'info',
      status: 0,
      reason: cause instanceof Error ? cause.message || cause.name : String(cause),
    }
  }
}
