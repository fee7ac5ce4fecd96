/** Values of one sort that modules make, and by which they are recognised among a module's exports. */
export interface Brand<T extends object> {
  /** Returns the value itself, recognised from now on. */
  make<V extends T>(value: V): V
  is(value: unknown): value is T
}

export function brand<T extends object>(): Brand<T> {
  const made = new WeakSet<object>()
  return {
    make(value) {
      made.add(value)
      return value
    },
    is: (value): value is T => typeof value === 'object' && value !== null && made.has(value),
  }
}
