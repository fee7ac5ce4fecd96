/** A number that is told, for each set of labels. */
export interface Measure<L extends string = string> {
  readonly name: string
  readonly help: string
  readonly labels: readonly L[]
  /** Asked anew for each scrape. */
  read(): Promise<readonly Sample<L>[]>
}

export interface Sample<L extends string = string> {
  readonly labels: Readonly<Record<L, string>>
  readonly value: number
}
