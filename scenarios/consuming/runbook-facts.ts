declare module '../../proof/history/fact.ts' {
  interface Facts {
    /** A runbook was followed for an event: how many steps it has, and where it failed. */
    'runbook.followed': { readonly file: string; readonly steps: number; readonly failed?: FailedStep }
  }
}

export interface FailedStep {
  /** From 1. */
  readonly step: number
  readonly line: number
  /** The first of its commands. */
  readonly command: string
  readonly code: number | string
  /** The last lines that it printed. */
  readonly said: string
}
