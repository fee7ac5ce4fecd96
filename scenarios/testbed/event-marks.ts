import type { IncomingHttpHeaders } from 'node:http'
import { amountOf } from '../../proof/history/json-content.ts'

/** What an event of ours is recognised by, wherever somebody speaks of it. */
export interface EventMark {
  readonly id: string
  /** Undefined where other events have it, too. */
  readonly amount?: number
  /** W3C Trace Context. */
  readonly traceparent: string
}

interface Spoken {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** What stands behind the path's `?`. */
  readonly query?: string
}

/** A number that is not a part of a word, of an id or of another number. */
const NUMBER = /(?<![\w.-])\d+(?:\.\d+)?(?![\w-]|\.\d)/g

/**
 * The events that the harness made, by what survives in the calls that a service makes for them: their ids, their
 * traces, and their amounts, which no two of them share; also where the amount is told in hundredths, as payment gateways
 * want it.
 */
export class EventMarks {
  readonly #ids = new Set<string>()
  readonly #traces = new Map<string, string>()
  /** Ids of all events with this amount. */
  readonly #amounts = new Map<string, Set<string>>()

  add({ id, amount, traceparent }: EventMark): void {
    this.#ids.add(id)
    this.#traces.set(traceOf(traceparent) ?? '', id)
    if (amount === undefined) return
    for (const told of [amount, amount * 100]) {
      const text = String(told)
      this.#amounts.set(text, (this.#amounts.get(text) ?? new Set()).add(id))
    }
  }

  /** The event of ours that a text names: by its id, its trace or its amount. */
  named(text: string | undefined): string | undefined {
    if (text === undefined) return undefined
    if (this.#ids.has(text)) return text
    return this.#traces.get(traceOf(text) ?? text) ?? this.#ofAmounts([text])
  }

  /** The event that a request is made for: by its trace, else by an amount in it. Undefined where it may be several. */
  of({ headers, body, query = '' }: Spoken): string | undefined {
    const { traceparent } = headers
    const trace = typeof traceparent === 'string' ? traceOf(traceparent) : undefined
    const traced = trace === undefined ? undefined : this.#traces.get(trace)
    return traced ?? this.#ofAmounts(`${query} ${body}`.match(NUMBER) ?? [])
  }

  #ofAmounts(numbers: readonly string[]): string | undefined {
    const found = new Set(numbers.flatMap((text) => [...(this.#amounts.get(amountOf(text) ?? '') ?? [])]))
    const [id] = found
    return found.size === 1 ? id : undefined
  }
}

/** The id of the trace that a `traceparent` belongs to. */
function traceOf(traceparent: string): string | undefined {
  return /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(traceparent)?.[1]
}
