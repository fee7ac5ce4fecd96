/** Where a backend of the service under test is made to wait. */
export type GateName = 'commit' | 'mark' | 'effect' | 'write'

/** By what `--disarm` calls a gate. */
export function gateFault(gate: GateName): string {
  return `${gate}-gate`
}
