/** The named fields of an object, those of them that it has. */
export function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  const fields = names.filter((name) => Object.hasOwn(from, name)).map((name) => [name, from[name]])
  return Object.fromEntries(fields)
}
