import type { Complaint } from '../view/complaint.ts'

/** Milliseconds as "4.2 s". */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

/** " (clock error 1.0 s: so long nobody looked)": printed with every judgement that reads clocks. */
export function clockError(milliseconds: number): string {
  return ` (clock error ${seconds(milliseconds)}, the longest time between two looks)`
}

/** "; ScaledObject/orders says: …", where somebody in the cluster says what is wrong. */
export function inWords(complaint: Complaint | undefined): string {
  return complaint === undefined ? '' : `; ${complaint.by} says: ${complaint.says}`
}
