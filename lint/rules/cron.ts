import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { Trigger } from '../trigger.ts'
import { wrongInSchedule } from './cron-schedule.ts'

/** Schedules that KEDA refuses, or that mean something else than they seem to (cron_scaler.go). */
export const cron: Rule = {
  name: 'cron',
  text: {
    finds: 'schedules and timezones that don’t parse, start = end, replicas out of bounds',
    keda: 'it makes no scaler of a wrong schedule; a timezone that does not exist fails at each look',
    source: 'pkg/scalers/cron_scaler.go, cronMetadata.Validate and GetMetricsAndActivity',
    write: 'five fields, a name of the tz database, `desiredReplicas` between the bounds',
  },
  *check({ triggers, maxReplicas, minReplicas }): Iterable<Complaint> {
    for (const trigger of triggers.filter(({ type }) => type === 'cron')) {
      yield* schedules(trigger)
      const zone = trigger.setting('timezone')
      if (zone.value !== undefined && !isTimezone(zone.value))
        yield {
          severity: 'error',
          at: zone.at,
          found: `timezone "${zone.value}"`,
          why: 'KEDA does not find it each time that it looks at the schedule: nothing is scheduled',
          fix: 'write a name such as Asia/Seoul or Etc/UTC',
        }
      const desired = trigger.whole('desiredReplicas', 1)
      const { at } = trigger.setting('desiredReplicas')
      if (desired === 0) yield refused('scaler', at, 'desiredReplicas is 0', 'write "1" or more')
      const bounded = Math.max(minReplicas, Math.min(desired, maxReplicas))
      if (desired !== 0 && bounded !== desired)
        yield {
          severity: 'warning',
          at,
          found: `desiredReplicas ${desired}, outside ${minReplicas} to ${maxReplicas}`,
          why: `the bounds of the ScaledObject win: it will be ${bounded}`,
          fix: 'write a number between minReplicaCount and maxReplicaCount, or move them',
        }
    }
  },
}

function* schedules({ setting }: Trigger): Iterable<Complaint> {
  const [start, end] = [setting('start'), setting('end')]
  for (const [key, { value, at }] of [
    ['start', start],
    ['end', end],
  ] as const) {
    const wrong = value === undefined ? undefined : wrongInSchedule(value)
    if (wrong !== undefined)
      yield refused(
        'scaler',
        at,
        `${key} "${value}": ${wrong}`,
        'write five fields: minute hour day month weekday',
      )
  }
  if (start.value !== undefined && start.value === end.value)
    yield refused('scaler', end.at, `start and end are both "${start.value}"`, 'write a later end')
}

/** Dear to look up, and few are in use. */
const TIMEZONES = new Map([['Local', true]])

function isTimezone(name: string): boolean {
  const known = TIMEZONES.get(name) ?? isListed(name)
  TIMEZONES.set(name, known)
  return known
}

function isListed(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return !/^[+-]/.test(name)
  } catch {
    return false
  }
}
