import { canonical } from '../proof/history/json-content.ts'

const SHOWN = 80
/** Of what is alike before it, for the eye. */
const BEFORE = 20

/** Two values as JSON, each cut to where they begin to differ. */
export function whereTheyDiffer(one: unknown, other: unknown): readonly [string, string] {
  const [a, b] = [textOf(one), textOf(other)]
  let alike = 0
  while (alike < a.length && a[alike] === b[alike]) alike++
  const from = Math.max(a.length, b.length) > SHOWN ? Math.max(0, alike - BEFORE) : 0
  return [cut(a, from), cut(b, from)]
}

/** The order of an object's keys is no difference. */
function textOf(value: unknown): string {
  return canonical(value) || 'nothing'
}

function cut(text: string, from: number): string {
  const rest = text.slice(from)
  const shown = rest.length > SHOWN ? `${rest.slice(0, SHOWN - 1)}…` : rest
  return from > 0 ? `…${shown}` : shown
}
