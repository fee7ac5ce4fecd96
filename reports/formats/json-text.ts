import { shown } from '../shown.ts'

/** JSON with two spaces and a line feed at its end; every string as a report may show it. */
export function jsonText(value: unknown): string {
  const clean = (_name: string, each: unknown) => (typeof each === 'string' ? shown(each) : each)
  return `${JSON.stringify(value, clean, 2)}\n`
}
