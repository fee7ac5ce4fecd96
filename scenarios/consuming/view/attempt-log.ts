import { appended, placeIn } from '../../../proof/history/appended.ts'
import { ATTEMPT, isAttempt } from '../../../proof/history/attempt-messages.ts'
import type { Dated } from '../../../proof/history/clock-error.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { Attempt, ConsumedEvent } from './consumed-event.ts'
import type { ConsumedEvents } from './consumed-events.ts'

/** What was tried, as the probes in the database and the stub for outside calls saw it. */
export class AttemptLog {
  readonly #messages: EventOf<'pg.message'>[] = []
  readonly #calls: EventOf<'call'>[] = []
  /** Of the messages, rising. */
  readonly #lsns: number[] = []
  readonly #settled = { messages: 0, calls: 0 }

  add(event: EventOf<'pg.message'> | EventOf<'call'>): void {
    if (event.kind === 'call') this.#calls.push(event)
    else if (isAttempt(event.prefix) && this.#isNew(event.lsn)) this.#messages.push(event)
  }

  /** Grows with everything that is seen. */
  get version(): number {
    return this.#messages.length + this.#calls.length
  }

  tellAgain(): void {
    this.#settled.messages = 0
    this.#settled.calls = 0
  }

  /** Gives every event the attempts that were seen since the last call. */
  settle(events: ConsumedEvents): void {
    for (; this.#settled.messages < this.#messages.length; this.#settled.messages++) {
      const message = this.#messages[this.#settled.messages] as EventOf<'pg.message'>
      const event = events.ofEffect(message.content)
      if (event === undefined) continue
      const last = event.messages.at(-1)
      if (message.prefix === ATTEMPT.made) event.messages = appended(event.messages, attempt(message))
      else {
        event.spoiled = appended(event.spoiled, message)
        if (last !== undefined) Object.assign(last, { until: message.at, spoiled: true })
      }
    }
    for (; this.#settled.calls < this.#calls.length; this.#settled.calls++) {
      const call = this.#calls[this.#settled.calls] as EventOf<'call'>
      // Where a call names no event, its idempotency key may be one's id.
      const event = events.find(call.event) ?? events.find(call.idempotencyKey)
      if (event !== undefined) event.calls = appended(event.calls, call)
    }
  }

  /** The observer may deliver a message again after it reconnected. */
  #isNew(lsn: number): boolean {
    const place = placeIn(this.#lsns, lsn, (number) => number)
    if (this.#lsns[place] === lsn) return false
    this.#lsns.splice(place, 0, lsn)
    return true
  }

  /** Attempts that the database dated. */
  get dated(): readonly Dated[] {
    return this.#messages.flatMap(({ at, saidAt }) => (saidAt === undefined ? [] : { at, saidAt }))
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

function attempt({ seq, at, lsn }: EventOf<'pg.message'>): Attempt {
  return { seq, at, until: at, lsn }
}
