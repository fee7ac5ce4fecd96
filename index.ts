/** What a user imports: `import { defineConfig, openSession } from 'eventproof'`. */
import type { SessionOptions } from './session/options.ts'
import type { Session } from './session/session.ts'

export {
  type ConsumerConfig,
  defineConfig,
  type OutputsConfig,
  type PublisherConfig,
  type RedriveConfig,
  type RetryConfig,
  type ScalingConfig,
  SECTIONS,
  type SubjectConfig,
} from './scenarios/config.ts'
export type { Profile, RunOptions, RunOutcome, SessionOptions } from './session/options.ts'
export type { SelectedScenario, Session } from './session/session.ts'
export * from './subjects/contract/index.ts'

/**
 * Opens a session: see {@link Session}. The engine is loaded only here, because every config imports this module.
 * @throws {ConfigInvalid} {FeatureInvalid} {UsageError}
 */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  return (await import('./session/open-session.ts')).openSession(options)
}
