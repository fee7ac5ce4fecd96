import type { Complaint, Rule } from '../rule.ts'

const FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const
const NAMES = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)$/i

/** Schedules that KEDA refuses, or that mean something else than they seem to (cron_scaler.go). */
export const cron: Rule = {
  name: 'cron',
  *check({ triggers, maxReplicas, minReplicas }): Iterable<Complaint> {
    for (const trigger of triggers.filter(({ type }) => type === 'cron')) {
      const refused = (key: string, found: string, fix: string): Complaint => ({
        severity: 'error',
        at: trigger.setting(key).at,
        found,
        why: 'KEDA refuses the trigger, or fails each time it looks at it: nothing is scheduled',
        fix,
      })
      const [start, end] = [trigger.setting('start').value, trigger.setting('end').value]
      for (const [key, schedule] of [
        ['start', start],
        ['end', end],
      ] as const) {
        const wrong = schedule === undefined ? undefined : wrongIn(schedule)
        if (wrong !== undefined)
          yield refused(
            key,
            `${key} "${schedule}": ${wrong}`,
            'write five fields: minute hour day month weekday',
          )
      }
      if (start !== undefined && start === end)
        yield refused('end', `start and end are both "${start}"`, 'write a later end')
      const zone = trigger.setting('timezone').value
      if (zone !== undefined && !isTimezone(zone))
        yield refused('timezone', `timezone "${zone}"`, 'write a name such as Asia/Seoul or Etc/UTC')
      const desired = trigger.whole('desiredReplicas', 1)
      if (desired <= 0) yield refused('desiredReplicas', `desiredReplicas is ${desired}`, 'write "1" or more')
      const bounded = desired > maxReplicas ? maxReplicas : desired < minReplicas ? minReplicas : desired
      if (desired > 0 && bounded !== desired)
        yield {
          severity: 'warning',
          at: trigger.setting('desiredReplicas').at,
          found: `desiredReplicas ${desired}, outside ${minReplicas} to ${maxReplicas}`,
          why: `the bounds of the ScaledObject win: it will be ${bounded}`,
          fix: 'write a number between minReplicaCount and maxReplicaCount, or move them',
        }
    }
  },
}

/** What is wrong in a schedule of five fields; undefined where nothing is. */
function wrongIn(schedule: string): string | undefined {
  const fields = schedule
    .replace(/^(CRON_)?TZ=\S+\s+/, '')
    .trim()
    .split(/\s+/)
  if (fields.length !== FIELDS.length) return `${fields.length} fields, not 5`
  for (const [i, field] of fields.entries()) {
    const [least, most] = FIELDS[i] ?? [0, 0]
    for (const part of field.split(',')) {
      const [range = '', step] = part.split('/')
      if (step !== undefined && !/^[1-9]\d*$/.test(step)) return `"${part}" has no step`
      if (range === '*' || range === '?') continue
      const ends = range.split('-')
      const numbers = ends.filter((each) => !(NAMES.test(each) && i > 2)).map(Number)
      if (numbers.length === 2 && Number(numbers[0]) > Number(numbers[1])) return `"${part}" runs backwards`
      if (ends.length > 2 || numbers.some((each) => !Number.isInteger(each) || each < least || each > most))
        return `"${part}" is not within ${least}–${most}`
    }
  }
  return undefined
}

function isTimezone(name: string): boolean {
  if (name === 'Local') return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return !/^[+-]/.test(name)
  } catch {
    return false
  }
}
