import type { Position } from '../field.ts'

/** A position in a named file. */
export interface Place extends Position {
  readonly file: string
}
