import type { Trial } from '../proof/window.ts'

/** The key that a trial treats apart; others flow on beside it. */
export function markedKey({ view, number }: Trial): string {
  return view.plan.marked[number - 1] ?? ''
}
