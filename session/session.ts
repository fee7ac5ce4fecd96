/// <reference lib="esnext.disposable" preserve="true" />
import type { HistoryEvent } from '../proof/history/event.ts'
import type { RunOptions, RunOutcome } from './options.ts'

/** One scenario on one subject. */
export interface SelectedScenario {
  readonly id: string
  readonly title: string
  /** The title of its feature. */
  readonly feature: string
  /** Words that select it, its windows by their ids among them; without '@'. */
  readonly tags: readonly string[]
  readonly controls: readonly string[]
  /** The id of the subject's kind, and the name that it has in the config. */
  readonly subject: { readonly kind: string; readonly name: string }
}

/**
 * Services under test, a stack and the scenarios that can be run on it: opened once, for as many runs as one likes. What
 * a run has brought up is kept for the next one; disposing brings all of it down.
 *
 *     await using session = await openSession({ config: 'eventproof.config.ts' })
 *     const { verdict, directory } = await session.run({ selection: ['P1'] })
 */
export interface Session extends AsyncDisposable {
  /** The scenarios that these words select; without words all. @throws {UsageError} for a word that nothing answers to */
  select(words?: readonly string[]): readonly SelectedScenario[]
  /** Brings up what these scenarios need, and runs none of them. */
  up(words?: readonly string[]): Promise<void>
  /**
   * Runs scenarios and writes a run directory with its report. Runs of one session come after each other.
   * @throws {UsageError} {FeatureInvalid} before anything is started, {RunNotWritten}
   */
  run(options?: RunOptions): Promise<RunOutcome>
  /** Told of every event of every run as it is recorded. Disposing ends it. */
  subscribe(listener: (event: HistoryEvent) => void): Disposable
}
