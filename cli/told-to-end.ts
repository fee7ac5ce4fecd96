/** A matrix was told to end: the run that is under way ends itself, and nothing more is begun. */
export interface ToldToEnd {
  /** What the program ends with; undefined until it is told. */
  readonly code: number | undefined
}

export function listenForEnd(): ToldToEnd {
  const told: { code: number | undefined } = { code: undefined }
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => {
      told.code ??= code
    })
  return told
}
