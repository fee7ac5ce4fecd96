import type { View } from '../history/view.ts'

/** When an event was placed and when it came to its end: `seq` of what showed it; undefined where nothing has. */
export interface Life {
  readonly placed: number | undefined
  readonly done: number | undefined
  /** It need not come to its end. */
  readonly excused?: boolean
}

/** How a kind of subject tells guards of the events that flow through it. */
export interface Flow<V extends View> {
  /** The words for the two ends of a life: "committed" and "published". */
  readonly placed: string
  readonly done: string
  lives(view: V): readonly Life[]
  /** What a user can change where one that is only slow does not come to its end in time. */
  readonly slow?: string
  /** How many should have come to their end by the end of the history, and have not. */
  open(view: V): number
}
