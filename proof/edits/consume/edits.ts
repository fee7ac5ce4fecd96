import type { ConsumerView } from '../../history/consumer-view.ts'
import type { Edit } from '../edit.ts'
import { commitEarly } from './commit-early.ts'
import { doubleEffect } from './double-effect.ts'
import { splitDedupe } from './split-dedupe.ts'

/** One edit a checker, by the checker's id. */
export const EDITS: ReadonlyMap<string, Edit<ConsumerView>> = new Map(
  [doubleEffect, splitDedupe, commitEarly].map((edit) => [edit.checker, edit]),
)
