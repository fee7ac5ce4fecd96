import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { milliseconds } from '../../core/duration.ts'
import { type AlertRule, alertRule, RulesInvalid } from '../../proof/observers/alert-rules.ts'
import type { Pace } from '../run-context.ts'
import type { DeclaredBacklog } from './config.ts'

/** Rule files, as a scenario evaluates them. */
export interface Rules {
  /** File → text. */
  readonly files: ReadonlyMap<string, string>
  /** Alert → its rule. */
  readonly of: ReadonlyMap<string, AlertRule>
}

interface Place {
  /** Paths start there. */
  readonly folder: string
  readonly subject: string
  /** At the quick one `for` is shorter. */
  readonly pace: Pace
}

/** The rules of these alerts. Several may be in one file. @throws {RulesInvalid} */
export async function drilledRules(
  backlogs: readonly DeclaredBacklog[],
  { folder, subject, pace }: Place,
): Promise<Rules> {
  const files = new Map<string, string>()
  const of = new Map<string, AlertRule>()
  for (const { name: backlog, declared } of backlogs) {
    const { rules: file, name, quick = { for: '2s' } } = declared.alert ?? {}
    if (file === undefined || name === undefined) continue
    const text =
      files.get(file) ??
      (await readFile(resolve(folder, file), 'utf8').catch((cause) => {
        throw new RulesInvalid('a rule file can’t be read', {
          what: cause.message,
          where: `monitoring.${subject}.${backlog}.alert.rules`,
          hint: 'paths start at the config file',
          cause,
        })
      }))
    const rule = alertRule(text, name, file, pace === 'quick' ? milliseconds(quick.for) : undefined)
    files.set(file, rule.text)
    of.set(name, rule)
  }
  return { files, of }
}
