import type { ConsumerDeclaration } from '../plan.ts'

/**
 * By what gates and probes in the database know the effect of an event: its id where rows name it; what a sum grew by,
 * and in which row; else the amount that it alone has.
 */
export function effectName(
  { effects }: Pick<ConsumerDeclaration, 'effects'>,
  { id, key, amount }: { readonly id: string; readonly key: string; readonly amount: number },
): string {
  if (effects.eventId !== undefined) return id
  return effects.sum === undefined ? String(amount) : weightName(key, amount)
}

export function weightName(key: string, amount: number): string {
  return `${amount} ${key}`
}
