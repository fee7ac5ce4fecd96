/** Milliseconds after which an observer has told what happened, however busy the machine is. */
export const LATE = 500
