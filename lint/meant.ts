import { nearest } from '../core/nearest.ts'

/** The name that was meant: one that is a few letters apart, else one that begins alike (`saslType` → `sasl`). */
export function meant(name: string, allowed: readonly string[]): string | undefined {
  const near = nearest(name, allowed)
  if (near !== undefined) return near
  const alike = allowed
    .map((candidate) => ({ candidate, share: sharedStart(name, candidate) / candidate.length }))
    .filter(({ candidate }) => {
      const shared = sharedStart(name, candidate)
      return shared >= 4 && shared >= 0.6 * Math.min(name.length, candidate.length)
    })
    .sort((a, b) => b.share - a.share)
  return alike[0]?.candidate
}

function sharedStart(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()]
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}
