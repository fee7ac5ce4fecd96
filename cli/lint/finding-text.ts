import type { LintFinding } from '../../lint/finding.ts'
import type { Style } from '../output.ts'

const COLOURS = { error: 'red', warning: 'yellow' } as const

/** file:line:column, severity, rule and object; then what was found, why it matters, and what to write. */
export function findingText(finding: LintFinding, style: Style = (_, text) => text): string {
  const { rule, severity, file, line, column, object, found, why, fix } = finding
  return [
    `${file}:${line}:${column}  ${style(COLOURS[severity], severity)}  ${rule}${object === '' ? '' : `  ${style('dim', object)}`}`,
    `  ${found}`,
    `  ${style('dim', 'why')} ${why}`,
    `  ${style('dim', 'fix')} ${fix}`,
  ].join('\n')
}

/** `2 errors, 1 warning`. */
export function tally(findings: readonly LintFinding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return `${counted(errors, 'error')}, ${counted(findings.length - errors, 'warning')}`
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
