import { z } from 'zod'
import type { Declared } from '../../subjects/contract/declared.ts'
import { unknownName, unknownService } from '../../subjects/contract/references.ts'
import { section } from '../../subjects/contract/section.ts'
import { duration, path, text } from '../../subjects/contract/words.ts'
import { consumers } from '../consuming/config.ts'

const alert = z.strictObject({
  /**
   * Prometheus' rule file that defines it. A real Prometheus evaluates it as it is; a scenario's prefix is taken off the
   * labels before. Without it the monitor's service has to send the alert to `{alerts.url}` itself.
   */
  rules: text.exactOptional(),
  /** As the rule, or what is sent, calls it. */
  name: text,
  /** More events than that, over all partitions, must fire it; as many must not. */
  above: z.int().min(0),
  /** How long more may wait before it fires. Default: the rule's `for`, or 10s where no rule file is given. */
  within: duration.exactOptional(),
  /** In the place of the rule's `for`, with which a drill would take minutes. Default 2s. */
  quick: z.strictObject({ for: duration }).exactOptional(),
})

const monitored = z.strictObject({
  /** A name of `consumers`: its topic and group are what is watched. */
  consumer: text,
  /** The service that says how much waits. It must not be the consumer's own: what is dead says nothing. */
  service: text,
  /** Where it says so, in Prometheus' text format. Default '/metrics'. */
  path: path.exactOptional(),
  metric: text,
  /** Names of the labels that say whose lag it is. Without `partition` the metric is a sum over all of them. */
  labels: z.strictObject({ group: text, topic: text, partition: text.exactOptional() }),
  /** How old what it says may be. Default 0s: it asks when it is asked. */
  refresh: duration.exactOptional(),
  /** By what somebody is told that too much waits. */
  alert: alert.exactOptional(),
})

export interface MonitoringConfig extends Declared<typeof monitored> {}

/** Consumers whose lag is watched, as a config declares them. */
export const monitoring = section<'monitoring', MonitoringConfig>({
  name: 'monitoring',
  subject: monitored,
  references: (at, { consumer, service }, config) => [
    ...unknownName(`${at}.consumer`, consumer, Object.keys(consumers.of(config)), 'consumer'),
    ...unknownService(`${at}.service`, service, config),
    ...withoutOffsets(`${at}.consumer`, consumer, consumers.of(config)[consumer]?.progress),
  ],
})

/** Lag is a group's committed offsets against the ends of the log. */
function withoutOffsets(field: string, consumer: string, progress: 'kafka' | 'own' | undefined) {
  if (progress !== 'own') return []
  const allowed =
    "a consumer whose progress is 'kafka': nobody can watch the lag of offsets that are kept elsewhere"
  return [{ field, found: `'${consumer}'`, allowed }]
}
