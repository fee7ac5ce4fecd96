import { at, isObject, parsed } from '../../proof/history/json-content.ts'
import type { ReceivedAlert } from './http-stub-alerts.ts'

/** Below the address for alerts: what Prometheus sends its alerts to. */
export const ALERTMANAGER = '/api/v2/alerts'

/**
 * The alerts that Prometheus posts to Alertmanager's API, version 2. It says of each when it ends: in the past where it has.
 * @param now milliseconds since 1970
 */
export function alertmanagerAlerts(body: string, now: number): readonly ReceivedAlert[] {
  const list = parsed(body)
  return (Array.isArray(list) ? list : []).filter(isObject).map((alert) => {
    const name = at(alert, '$.labels.alertname')
    const ends = Date.parse(String(at(alert, '$.endsAt')))
    return {
      name: typeof name === 'string' ? name : 'unnamed',
      subject: ends <= now ? 'resolved' : 'firing',
      body: JSON.stringify(alert).slice(0, 4000),
    }
  })
}
