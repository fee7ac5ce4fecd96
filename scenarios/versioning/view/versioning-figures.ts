import type { Figures } from '../../../proof/figures.ts'
import type { VersioningView } from './versioning-view.ts'

/** What was asked of a registry. */
export interface VersioningFigures extends Figures {
  readonly of: 'versioning'
  readonly versions: number
  /** Pairs of versions of which one wrote and the other read. */
  readonly readings: number
  readonly changes: number
  readonly refused: number
}

export function versioningFigures({
  events,
  versions,
  readings,
  changes,
}: VersioningView): VersioningFigures {
  return {
    of: 'versioning',
    milliseconds: (events.at(-1)?.at ?? 0) - (events[0]?.at ?? 0),
    versions: versions.length,
    readings: readings.length,
    changes: changes.length,
    refused: changes.filter(({ value }) => !value.accepted).length,
  }
}
