/** The descriptor on which a test file's process tells {@link TestEvent}s, a line of JSON each. */
export const EVENTS_FD = 3

/** What a test file tells while it runs; names are those of the suites around a test, then its own. */
export type TestEvent =
  | { readonly type: 'began'; readonly name: readonly string[] }
  | {
      readonly type: 'failed'
      readonly name: readonly string[]
      readonly where: string
      readonly why: string
    }
  | { readonly type: 'skipped'; readonly name: readonly string[]; readonly reason: string }
  | { readonly type: 'ended'; readonly passed: number; readonly failed: number }
