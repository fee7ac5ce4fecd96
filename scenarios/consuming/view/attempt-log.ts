import { ATTEMPT } from '../../../proof/history/attempt-messages.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { Attempt, ConsumedEvent } from './consumed-event.ts'
import type { ConsumedEvents } from './consumed-events.ts'

/** What was tried, as the probes in the database and the stub for outside calls saw it. */
export class AttemptLog {
  readonly #messages: EventOf<'pg.message'>[] = []
  readonly #calls: EventOf<'call'>[] = []
  readonly #lsns = new Set<number>()

  add(event: EventOf<'pg.message'> | EventOf<'call'>): void {
    if (event.kind === 'call') this.#calls.push(event)
    else if (
      (event.prefix === ATTEMPT.made || event.prefix === ATTEMPT.spoiled) &&
      !this.#lsns.has(event.lsn)
    ) {
      // The counterexample may deliver a message again after it reconnected.
      this.#lsns.add(event.lsn)
      this.#messages.push(event)
    }
  }

  /** Gives every event its attempts. `eventOf` finds an event by what the effect table knows of it. */
  settle(events: ConsumedEvents, eventOf: (content: string) => ConsumedEvent | undefined): void {
    for (const message of this.#messages) {
      const event = eventOf(message.content)
      const last = event?.messages.at(-1)
      if (message.prefix === ATTEMPT.made) event?.messages.push(attempt(message.seq, message.at))
      else {
        event?.spoiled.push(message)
        if (last !== undefined) last.until = message.at
      }
    }
    // Where a call names no event, its idempotency key may be one's id.
    for (const call of this.#calls)
      (events.get(call.event) ?? events.get(call.idempotencyKey))?.calls.push(call)
  }

  /** Calls to outside, whatever they were about. */
  get calls(): readonly EventOf<'call'>[] {
    return this.#calls
  }
}

/** Attempts of an event, from the source that saw each of them; in order. */
export function attemptsOf({ messages, spoiled, calls }: ConsumedEvent): readonly Attempt[] {
  if (spoiled.length > 0 || calls.length === 0) return messages
  const stubs = new Map<string, Attempt[]>()
  for (const { stub, seq, at, startedAt, endedAt } of calls) {
    const same = stubs.get(stub) ?? []
    stubs.set(stub, same)
    // A call is written down when it is answered; how long it took is known on the stub's own clock.
    same.push({ seq, at: at - (endedAt - startedAt), until: at })
  }
  return [...stubs.values()].reduce((most, same) => (same.length > most.length ? same : most))
}

function attempt(seq: number, at: number): Attempt {
  return { seq, at, until: at }
}
