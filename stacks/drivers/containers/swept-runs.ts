/** Ids under which there is something of ours in the engine, all of which is removed when we end, however we end. */
export class SweptRuns {
  readonly #ids: Set<string>
  readonly #tell: (ids: readonly string[]) => void

  /** @param tell has the reaper know, each time */
  constructor(own: string, tell: (ids: readonly string[]) => void) {
    this.#ids = new Set([own])
    this.#tell = tell
    tell(this.ids)
  }

  get ids(): readonly string[] {
    return [...this.#ids]
  }

  add(id: string): void {
    this.#ids.add(id)
    this.#tell(this.ids)
  }

  /** It is to stay. */
  spare(id: string): void {
    this.#ids.delete(id)
    this.#tell(this.ids)
  }
}
