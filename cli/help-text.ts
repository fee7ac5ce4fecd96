/** Below a command's help: what it looks like in use. */
export function examples(lines: readonly (readonly [command: string, says: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length))
  return `\nExamples:\n${lines.map(([command, says]) => `  ${command.padEnd(width)}  ${says}`).join('\n')}\n`
}

export const EXIT_CODES = `
Exit codes: 0 all HELD · 1 VIOLATED or STALLED · 2 INCONCLUSIVE, VACUOUS or nothing selected ·
            3 the environment is not ready · 64 usage · 70 defect of this tool · 130/143 interrupted
`

export const LINT_EXIT_CODES = `
Exit codes: 0 no error · 1 errors · 64 nothing to lint, or usage
`
