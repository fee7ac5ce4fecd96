/** What one scenario showed of how services are built: who used which topic, and what was read for each anti-pattern. */
export interface Observation {
  /** The service under test, by its name in the config. */
  readonly service?: string
  /** The topic whose events it handles, of a consumer. */
  readonly consumes?: string
  readonly topics: readonly TopicUse[]
  /** Requests that its service takes: `PUT /orders/{key}`. */
  readonly takes?: readonly string[]
  /** Calls to outside, each once, with the event that shows it. */
  readonly calls?: readonly { readonly request: string; readonly seq: number }[]
  /** By the anti-pattern's id. */
  readonly looks: Readonly<Record<string, Look>>
}

/** One topic of a scenario, without the scenario's prefix. */
export interface TopicUse {
  readonly topic: string
  /** Client ids that produced to it and fetched from it. */
  readonly writers: readonly string[]
  readonly readers: readonly string[]
  /** Events that the subject announces there; retries, dead letters and redrives hand on what others announced. */
  readonly announced: number
  /** Of them: CloudEvents' sources and types of events. */
  readonly sources: readonly string[]
  readonly types: readonly string[]
  /** The first of them, or of the requests that used it. */
  readonly seq?: number
  /** Its records were read: what is not announced there is known not to be. */
  readonly logged: boolean
}

/** A number that was read from a history, and what it was read from. */
export interface Reading {
  /** Of what: a topic, a table, a way between services. */
  readonly at: string
  readonly value: number
  /** One sentence with the numbers. */
  readonly says: string
  /** `seq` of events that show it, a few. */
  readonly events: readonly number[]
}

/** What one scenario shows: readings, or why there are none. A scenario that can not show it has no look at all. */
export type Look = { readonly readings: readonly Reading[] } | { readonly blind: string }
