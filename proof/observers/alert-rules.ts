import { isMap, isSeq, parseDocument } from 'yaml'
import { milliseconds } from '../../core/duration.ts'
import { EventproofError } from '../../core/error.ts'
import { nearest } from '../../core/nearest.ts'

/** A file of Prometheus' rules can't be read, or does not define the alert that the config names. */
export class RulesInvalid extends EventproofError {
  override readonly code = 'EVENTPROOF_RULES_INVALID'
}

/** An alert as its rule file defines it. */
export interface AlertRule {
  /** Milliseconds. */
  readonly for: number
  readonly keepFiringFor: number
  /** How often its group is evaluated, where the group says it. */
  readonly interval?: number
  /** The file's text; with another `for` where that was asked for, and evaluated as often as everything else. */
  readonly text: string
}

/**
 * Finds an alert in a rule file.
 * @param file as the config names it
 * @param quick milliseconds in the place of its `for`
 * @throws {RulesInvalid} with the place of what can't be read, or the alerts that there are
 */
export function alertRule(text: string, name: string, file: string, quick?: number): AlertRule {
  const document = parseDocument(text)
  const [error] = document.errors
  if (error !== undefined) {
    const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 }
    throw new RulesInvalid('a rule file is no YAML', {
      what: error.message.split('\n')[0] ?? error.code,
      where: `${file}:${line}:${col}`,
      hint: 'promtool check rules tells the same',
    })
  }
  const groups = document.get('groups')
  const found: string[] = []
  for (const [g, group] of (isSeq(groups) ? groups.items : []).entries()) {
    const rules = isMap(group) ? group.get('rules') : undefined
    for (const [r, rule] of (isSeq(rules) ? rules.items : []).entries()) {
      const alert = isMap(rule) ? rule.get('alert') : undefined
      if (typeof alert === 'string') found.push(alert)
      if (alert !== name) continue
      const at = ['groups', g, 'rules', r] as const
      const interval = document.getIn(['groups', g, 'interval'])
      const times = {
        for: timeOf(document.getIn([...at, 'for']), `${file}: ${name}: for`),
        keepFiringFor: timeOf(
          document.getIn([...at, 'keep_firing_for']),
          `${file}: ${name}: keep_firing_for`,
        ),
      }
      if (quick === undefined)
        return { ...times, ...(interval ? { interval: timeOf(interval, `${file}: interval`) } : {}), text }
      document.setIn([...at, 'for'], `${Math.min(quick, times.for)}ms`)
      document.deleteIn(['groups', g, 'interval'])
      return { ...times, for: Math.min(quick, times.for), text: document.toString() }
    }
  }
  const close = nearest(name, found)
  throw new RulesInvalid('a rule file does not define the alert', {
    what: `there is no alert '${name}'; there ${found.length === 1 ? 'is' : 'are'} ${found.join(', ') || 'none'}`,
    where: file,
    hint: close === undefined ? 'name one of them in the config' : `did you mean '${close}'?`,
  })
}

/** Prometheus' durations may be put together: `1h30m`. */
function timeOf(value: unknown, where: string): number {
  if (value === undefined || value === null) return 0
  const parts = String(value).match(/\d+(ms|[smhdwy])/g) ?? []
  if (parts.length === 0 || parts.join('') !== String(value))
    throw new RulesInvalid('a rule file has a time that is none', {
      what: `found '${value}', expected one like 30s, 5m or 1h30m`,
      where,
    })
  return parts.reduce((sum, part) => sum + inMilliseconds(part), 0)
}

const DAYS = { d: 1, w: 7, y: 365 } as const

function inMilliseconds(part: string): number {
  const unit = part.slice(-1)
  if (unit !== 'd' && unit !== 'w' && unit !== 'y') return milliseconds(part)
  return Number.parseInt(part, 10) * DAYS[unit] * 24 * milliseconds('1h')
}
