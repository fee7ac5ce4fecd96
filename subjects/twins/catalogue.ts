import { ANNOUNCING } from './announcing.ts'
import { ANTI_PATTERNS } from './anti-patterns.ts'
import { BENIGN } from './benign.ts'
import { BENIGN_CONSUMERS } from './benign-consumers.ts'
import { BENIGN_RETRIES } from './benign-retries.ts'
import { CALLS } from './calls.ts'
import { CONSUMERS } from './consumers.ts'
import { DEPLOYMENTS } from './deployments.ts'
import { ENVELOPES } from './envelopes.ts'
import { EVOLUTION } from './evolution.ts'
import { LITERAL } from './literal.ts'
import { MONITORING } from './monitoring.ts'
import { MUTANTS } from './mutants.ts'
import { RETRIES } from './retries.ts'
import { SCALING } from './scaling.ts'
import { SCHEMA_CONSUMERS } from './schema-consumers.ts'
import { SCHEMA_IDS } from './schema-ids.ts'
import { SENDING } from './sending.ts'
import { SIDE_BY_SIDE } from './side-by-side.ts'
import { TOPOLOGY } from './topology.ts'
import { TRACING } from './tracing.ts'
import type { TwinEntry } from './twin.ts'
import { WRITING } from './writing.ts'

export type { TwinEntry } from './twin.ts'

/** All shipped twins. */
export const TWINS: readonly TwinEntry[] = [
  ...WRITING,
  ...MUTANTS,
  ...SENDING,
  ...CONSUMERS,
  ...SIDE_BY_SIDE,
  ...CALLS,
  ...ANNOUNCING,
  ...DEPLOYMENTS,
  ...RETRIES,
  ...SCALING,
  ...MONITORING,
  ...ENVELOPES,
  ...TOPOLOGY,
  ...ANTI_PATTERNS,
  ...TRACING,
  ...EVOLUTION,
  ...SCHEMA_IDS,
  ...SCHEMA_CONSUMERS,
  ...BENIGN,
  ...BENIGN_CONSUMERS,
  ...BENIGN_RETRIES,
  ...LITERAL,
]

export function twinNamed(name: string): TwinEntry | undefined {
  return TWINS.find((twin) => twin.name === name)
}
