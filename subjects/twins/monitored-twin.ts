import type { MonitoringConfig, SubjectConfig } from '../../scenarios/config.ts'
import { serviceNamed } from '../contract/config.ts'
import { node } from '../reference/service/command.ts'
import { type ConsumerChange, consumerOnly } from './twin.ts'

const NAME = 'order-lag'
const FOLDER = 'subjects/twins/monitoring'

type LagConfig = NonNullable<MonitoringConfig['lag']>

interface MonitoringChange {
  /** In the place of the exporter's program, below `subjects/twins/monitoring`. */
  readonly exporter?: string
  /** Of it, beside the exporter's own. */
  readonly env?: Readonly<Record<string, string>>
  /** A consumer that tells its lag itself: there is no exporter. */
  readonly consumer?: string
  /** Of the consumer that is watched. */
  readonly change?: ConsumerChange
  readonly refresh?: string
  readonly lag?: Partial<LagConfig>
  /** In the place of the rule file, below `subjects/twins/monitoring`. */
  readonly rules?: string
}

/** The reference's fulfillment, watched otherwise. */
export function monitored(monitoring: MonitoringChange) {
  const { exporter, env = {}, consumer, change = {}, refresh, lag = {}, rules } = monitoring
  return (reference: SubjectConfig): SubjectConfig => {
    const declared = reference.monitoring?.[NAME]
    if (declared?.lag?.alert === undefined) throw new Error(`the reference declares no alert of '${NAME}'`)
    const { alert } = declared.lag
    const { services, consumers } = consumerOnly(
      declared.lag.consumer,
      consumer === undefined ? change : { program: `monitoring/${consumer}.ts` },
    )(reference)
    const own = serviceNamed(reference, declared.service)
    const program = exporter === undefined ? {} : { command: node(`${FOLDER}/${exporter}.ts`) }
    const beside =
      consumer === undefined
        ? { [declared.service]: { ...own, ...program, env: { ...own.env, ...env } } }
        : {}
    return {
      services: { ...services, ...beside },
      ...(consumers ? { consumers } : {}),
      monitoring: {
        [NAME]: {
          ...declared,
          ...(consumer === undefined ? {} : { service: declared.lag.consumer }),
          ...(refresh === undefined ? {} : { refresh }),
          lag: {
            ...declared.lag,
            ...(rules === undefined ? {} : { alert: { ...alert, rules: `${FOLDER}/${rules}.yml` } }),
            ...lag,
          },
        },
      },
    }
  }
}
