/** What a stack has handed out and what is not disposed yet: it ends with the stack at the latest, and only once. */
export class Lending implements AsyncDisposable {
  readonly #lent = new Set<AsyncDisposable>()

  /** @param also ends after the thing */
  lend<T extends AsyncDisposable>(thing: T, also?: AsyncDisposable): T {
    const end = thing[Symbol.asyncDispose].bind(thing)
    let ending: Promise<void> | undefined
    const dispose = async () => {
      await end()
      await also?.[Symbol.asyncDispose]()
      this.#lent.delete(thing)
    }
    Object.defineProperty(thing, Symbol.asyncDispose, {
      value: () => {
        ending ??= dispose()
        return ending
      },
    })
    this.#lent.add(thing)
    return thing
  }

  /** @throws {AggregateError} with what failed */
  async [Symbol.asyncDispose](): Promise<void> {
    const errors = await disposeAll([...this.#lent].reverse())
    if (errors.length > 0) throw new AggregateError(errors, 'not all that was lent ended in order')
  }
}

/** Ends all at the same time; gives what failed instead of stopping at the first. */
export async function disposeAll(things: readonly AsyncDisposable[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(things.map((thing) => thing[Symbol.asyncDispose]()))
  return settled.filter((result) => result.status === 'rejected').map((result) => result.reason)
}
