/** What a scenario counted, for the report. Each kind of subject adds what it counts, as plain data. */
export interface Figures {
  /** Of which kind of subject these are; `nothing` where no history could be read. */
  readonly of: string
  readonly milliseconds: number
}
