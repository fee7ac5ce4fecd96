import type { ConsumerView } from '../../history/consumer-view.ts'
import type { Checker } from '../checker.ts'
import { atomicDedupe } from './atomic-dedupe.ts'
import { effectBeforeOffset } from './effect-before-offset.ts'
import { exactlyOneEffect } from './exactly-one-effect.ts'

/** Every predicate that a consumer's plan may name, by its id. */
export const CHECKERS: ReadonlyMap<string, Checker<ConsumerView>> = new Map(
  [exactlyOneEffect, atomicDedupe, effectBeforeOffset].map((checker) => [checker.id, checker]),
)
