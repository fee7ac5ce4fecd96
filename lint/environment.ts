/** A container's environment as far as manifests tell it; `complete`: no variable can come from elsewhere. */
export interface Environment {
  readonly values: ReadonlyMap<string, string | undefined>
  readonly complete: boolean
}
