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
  /** Ids of all events with this trace, with this amount. */
  readonly #traces = new Map<string, Set<string>>()
  readonly #amounts = new Map<string, Set<string>>()

  add({ id, amount, traceparent }: EventMark): void {
    this.#ids.add(id)
    const add = (to: Map<string, Set<string>>, text: string) =>
      to.set(text, (to.get(text) ?? new Set()).add(id))
    add(this.#traces, traceOf(traceparent) ?? traceparent)
    if (amount === undefined) return
    for (const told of [amount, amount * 100]) add(this.#amounts, String(told))
  }

  /** The event of ours that a text names: by its id, its trace or its amount. */
  named(text: string | undefined): string | undefined {
    if (text === undefined) return undefined
    if (this.#ids.has(text)) return text
    return only(this.#traces.get(traceOf(text) ?? text)) ?? this.#ofAmounts([text])
  }

  /** The event that a request is made for: by its trace, else by an amount in it. Undefined where it may be several. */
  of({ headers, body, query = '' }: Spoken): string | undefined {
    const { traceparent } = headers
    const trace = typeof traceparent === 'string' ? traceOf(traceparent) : undefined
    return only(this.#traces.get(trace ?? '')) ?? this.#ofAmounts(`${query} ${body}`.match(NUMBER) ?? [])
  }

  #ofAmounts(numbers: readonly string[]): string | undefined {
    return only(new Set(numbers.flatMap((text) => [...(this.#amounts.get(amountOf(text) ?? '') ?? [])])))
  }
}

/** Where it can be one event only. */
function only(ids: ReadonlySet<string> | undefined): string | undefined {
  const [id] = ids ?? []
  return ids?.size === 1 ? id : undefined
}

/** The id of the trace that a `traceparent` belongs to. */
function traceOf(traceparent: string): string | undefined {
  return /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(traceparent)?.[1]
}
