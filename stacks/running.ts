/** Something that a stack runs, and that can be hurt. */
export interface Running {
  readonly name: string
  /** What runs now, for evidence: `process 4711`, `container 3f2a91`. Another one after each start. */
  readonly id: string
  readonly running: boolean
  /** SIGKILL, without a farewell; resolves when it is gone. */
  kill(): Promise<void>
  /** It stands still, its connections stay open. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Asks it to end, and kills it after `grace` milliseconds; resolves when it is gone. */
  stop(grace?: number): Promise<void>
  /** Starts it again in the same way, on the same data and at the same addresses; resolves when it is ready. */
  restart(): Promise<void>
  /** Each line of its output over all its starts, as far as it is written, or with `follow` until that is aborted. */
  logs(follow?: AbortSignal): AsyncIterable<string>
}
