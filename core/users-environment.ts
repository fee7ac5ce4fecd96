import { usersPath } from './users-path.ts'

/** What steers our own Node and npm, and none of the programs that users run. */
const STEERS_US = /^(NODE_OPTIONS|NODE_TEST_CONTEXT|NODE_V8_COVERAGE|EVENTPROOF_.*|npm_.*)$/

/** Our own environment without what steers us, with PATH as the user has it, then `own`: for a program of the user's. */
export function usersEnvironment(own: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !STEERS_US.test(entry[0]),
  )
  return { ...Object.fromEntries(inherited), PATH: usersPath(), ...own }
}
