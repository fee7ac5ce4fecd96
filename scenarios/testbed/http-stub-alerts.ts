import { at, isObject, parsed } from '../../proof/history/json-content.ts'

export interface ReceivedAlert {
  readonly name: string
  /** The event that it is about; where it names none its own subject or status, or nothing. */
  readonly subject: string
  /** What was sent, or the part of it that is about this alert. */
  readonly body: string
}

/** Where senders put an alert's name, and what it is about, in this order. */
const NAMES = ['$.alert', '$.alertname', '$.labels.alertname', '$.name', '$.title', '$.text']
const SUBJECTS = ['$.subject', '$.status', '$.key']

/**
 * The alerts in the body of one webhook call: each of those in a list `alerts`, as Alertmanager and Grafana send
 * them, else the body as a whole.
 */
export function alertsIn(body: string, event: string | undefined): readonly ReceivedAlert[] {
  const whole = parsed(body)
  const list = at(whole, '$.alerts')
  if (!Array.isArray(list)) return [alertOf(whole, body, event)]
  return list.map((one) => alertOf(one, JSON.stringify(one), event))
}

function alertOf(value: unknown, body: string, event: string | undefined): ReceivedAlert {
  const first = (paths: readonly string[]) =>
    isObject(value)
      ? paths.map((path) => at(value, path)).find((found): found is string => typeof found === 'string')
      : undefined
  return {
    name: first(NAMES) ?? 'unnamed',
    subject: event ?? first(SUBJECTS) ?? '',
    body: body.slice(0, 4000),
  }
}
