/** How far a group is on one partition, as the broker answers. */
export interface PartitionLook {
  readonly partition: number
  /** The first offset that can still be read. */
  readonly begin: number
  /** The offset of the next record. */
  readonly end: number
  /** Where the group will go on reading; null: it has committed nothing here. */
  readonly committed: number | null
}

/** A number that a monitor gives. */
export interface ToldLag {
  /** Null where it does not tell partitions apart. */
  readonly partition: number | null
  readonly lag: number
}

/** What can be seen of how much waits, and who says so. */
export interface LagKinds {
  /**
   * What waits, asked of the broker itself. Recorded when all answers are there; asked after what was recorded before.
   */
  'lag.look': {
    readonly group: string
    readonly topic: string
    readonly partitions: readonly PartitionLook[]
  }
  /** What a monitor says of it, asked and answered between the looks before and after. */
  'lag.told': {
    readonly monitor: string
    /** Of its answer; 0: there was none. */
    readonly status: number
    readonly lags: readonly ToldLag[]
    /** Why there is no answer. */
    readonly reason?: string
  }
}
