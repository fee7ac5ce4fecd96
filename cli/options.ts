import type { RunOptions, SessionOptions } from '../session/options.ts'

/** Everything that `eventproof prove` was asked for: parsed, validated, with the defaults of the command line. */
export type ProveOptions = SessionOptions & Omit<RunOptions, 'signal'>
