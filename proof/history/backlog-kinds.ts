/** How much came, and how much of it was worked off, on one part of a backlog. What waits is the one less the other. */
export interface PartLook {
  /** Of a topic: the number of a partition. Empty where a backlog has no parts. */
  readonly part: string
  /** The first that can still wait: what lies before is gone. */
  readonly begin: number
  /** So far it has come. It only rises. */
  readonly end: number
  /** So far it was worked off; null: nothing says so, and all that there is waits. */
  readonly done: number | null
}

/** A number that a monitor gives. */
export interface ToldBacklog {
  readonly backlog: string
  /** Null where it does not tell parts apart. */
  readonly part: string | null
  readonly waits: number
}

/** What can be seen of how much waits, and who says so. */
export interface BacklogKinds {
  /**
   * What waits, asked of the broker or the database itself. Recorded when all answers are there; asked after
   * what was recorded before.
   */
  'backlog.look': {
    readonly backlog: string
    readonly parts: readonly PartLook[]
  }
  /** What a monitor says of all backlogs that it reports, asked and answered between the looks before and after. */
  'backlog.told': {
    readonly monitor: string
    /** Of its answer; 0: there was none. */
    readonly status: number
    readonly told: readonly ToldBacklog[]
    /** Why there is no answer. */
    readonly reason?: string
  }
}
