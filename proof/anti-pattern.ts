import { type Brand, brand } from '../core/brand.ts'
import type { Look, Observation, Reading } from './observation.ts'

/** What a reader is told of an anti-pattern. */
export interface AntiPatternWords {
  /** As the config and the command line call it: `fat-events`. */
  readonly id: string
  /** Two or three words. */
  readonly title: string
  /** One sentence: what is so where it is found. */
  readonly definition: string
  /** What it costs. */
  readonly harm: string
  /** What to do instead. */
  readonly remedy: string
  readonly threshold: Threshold
}

/** It is found where a reading is this much or more. */
export interface Threshold {
  readonly value: number
  /** What is measured, in words. */
  readonly of: string
}

/** A scenario as it was observed. */
export interface Observed {
  readonly scenario: string
  readonly subject: string
  readonly observation: Observation
}

/** Of several scenarios together. */
export interface ReadingAcross extends Reading {
  readonly scenario: string
  readonly subject: string
}

/**
 * A way to build that works and that costs later: found in what was observed, and no verdict. Pure: no clock, no I/O.
 */
export interface AntiPattern<Seen = never> extends AntiPatternWords {
  /** What a scenario shows; undefined where it is not about such a subject. */
  look?(seen: Seen): Look | undefined
  /** What only several scenarios show together. */
  across?(observed: readonly Observed[]): readonly ReadingAcross[]
}

/** What a run says of one anti-pattern; also its entry in `verdicts.json`. */
export interface AntiPatternJudgement extends AntiPatternWords {
  /** `absent`: it was looked for, and is not there as far as this run saw. */
  readonly state: 'found' | 'absent' | 'not-looked-at'
  /** Where it was found, the worst of each subject and place; else on what that rests, or what is missing. */
  readonly says: string
  readonly found: readonly ReadingAcross[]
  /** The largest reading of each subject and place below the threshold, told as a number. */
  readonly largest: number | null
  /** Subjects that it was looked for in. */
  readonly lookedAt: readonly string[]
  /** Subjects that nothing was read of, and why. */
  readonly unseen: readonly { readonly subject: string; readonly why: string }[]
}

/** How anti-patterns over one sort of view are written and found: `antiPattern({ … })`, exported by a file of its own. */
export function antiPatternsOver<Seen>(): {
  readonly antiPattern: (definition: AntiPattern<Seen>) => AntiPattern<Seen>
  readonly isAntiPattern: Brand<AntiPattern<Seen>>['is']
} {
  const { make, is } = brand<AntiPattern<Seen>>()
  return { antiPattern: (definition) => make(definition), isAntiPattern: is }
}
