import type { Backlog } from '../view/backlog.ts'
import type { Waiting } from '../view/waiting.ts'

/** "40 events wait on order-events" */
export function says(backlog: Backlog, amount: number | string): string {
  return `${typeof amount === 'number' ? plain(amount) : amount} ${backlog.declared.says}`
}

/** "40", or "between 38 and 40", with the error where there is one. */
export function range({ least, most }: Waiting, error: number): string {
  const numbers = least === most ? plain(least) : `between ${plain(least)} and ${plain(most)}`
  return error === 0 ? numbers : `${numbers} (± ${plain(error)})`
}

function plain(amount: number): string {
  return Number.isInteger(amount) ? `${amount}` : amount.toFixed(1)
}

/** "4.2 s" */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

/** "4.2 s (± 0.3 s)": by the time between two looks. */
export function secondsGive(milliseconds: number, error: number): string {
  return `${seconds(milliseconds)} (± ${seconds(error)})`
}
