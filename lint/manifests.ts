import type { Manifest } from './manifest.ts'

/** All objects of all files given. */
export class Manifests {
  readonly all: readonly Manifest[]
  readonly #byKind: ReadonlyMap<string, readonly Manifest[]>

  constructor(all: readonly Manifest[]) {
    this.all = all
    this.#byKind = Map.groupBy(all, ({ kind }) => kind)
  }

  /** In the order of the files. Of many objects only few are of a kind. */
  ofKind(kind: string): readonly Manifest[] {
    return this.#byKind.get(kind) ?? []
  }
}
