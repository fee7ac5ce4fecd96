import { seededRandom } from './random.ts'

/** Forms in which a name of ours can be written for a service that takes no other: `{key:uuid}`, `{key:number}`. */
export const KEY_FORMS = ['uuid', 'number'] as const

export type KeyForm = (typeof KEY_FORMS)[number]

/** The same name in the same form is the same everywhere: a uuid of version 4, or a whole number that 32 bits hold. */
export function inForm(key: string, form: KeyForm): string | number {
  const random = seededRandom(`${form} of ${key}`)
  if (form === 'number') return 1 + random.below(2_147_483_646)
  const digits = Array.from({ length: 32 }, () => random.below(16))
  digits[12] = 4
  digits[16] = 8 + ((digits[16] ?? 0) % 4)
  const hex = digits.map((digit) => digit.toString(16)).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A name as it is, and in each form. */
export function formsOf(key: string): readonly string[] {
  return [key, ...KEY_FORMS.map((form) => String(inForm(key, form)))]
}
