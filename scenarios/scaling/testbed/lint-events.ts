import type { LintResult } from '../../../lint/lint.ts'
import type { NewEvent } from '../../../proof/history/event.ts'

/** The findings as events of a history, so that control O1 is judged with them. */
export function lintEvents({ findings }: LintResult): NewEvent[] {
  return findings.map(({ rule, severity, file, line, object, found, fix }) => ({
    kind: 'lint',
    rule,
    severity,
    file,
    line,
    object,
    found,
    fix,
  }))
}
