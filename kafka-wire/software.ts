/**
 * Which library is behind a connection, as its ApiVersions request said. Several libraries may share a client id, and
 * some introduce themselves on the first of their connections only: who has not done so goes by the name that all
 * others with this client id gave, where that is one.
 */
export class Software {
  readonly #byConnection = new Map<number, string | undefined>()
  readonly #byClient = new Map<string, Set<string | undefined>>()

  /** @param name undefined where the request is of a version that has no room for it, or leaves it empty */
  introduce(connection: number, clientId: string, name: string | undefined): void {
    this.#byConnection.set(connection, name)
    const known = this.#byClient.get(clientId) ?? new Set()
    this.#byClient.set(clientId, known.add(name))
  }

  of(connection: number, clientId: string): string | undefined {
    if (this.#byConnection.has(connection)) return this.#byConnection.get(connection)
    const [name, ...others] = this.#byClient.get(clientId) ?? []
    return others.length === 0 ? name : undefined
  }

  /** After a connection was closed. */
  forget(connection: number): void {
    this.#byConnection.delete(connection)
  }
}
